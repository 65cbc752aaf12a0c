import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PutJournalRules, PutOrganization, Settings } from '#contract/settings.ts'
import { TIME_ZONES, type TimeZone } from '#domain/calendar/time-zones.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox, Select, TextField } from '#ui/controls.tsx'
import { Fields } from '#ui/field.tsx'
import { Card, EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { call } from '#web/api.ts'
import { useKeptForm } from '#web/kept-form.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { roleWords } from '#web/role-words.ts'
import { hasRole, useSession } from '#web/session.ts'
import { zoneWords } from '#web/time-zone-words.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { AttendanceCodes } from './attendance-codes.tsx'
import { GradingPeriodsCard } from './grading-periods.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import styles from './settings.module.css'
import { SettingsForm } from './settings-form.tsx'
import { settingsQuery } from './settings-query.ts'
import { WorkTypes } from './work-types.tsx'

/** What the organisation decides for itself: names, rules of the journal, works, signs of attendance. */
export function SettingsPage() {
  useTitle('Настройки')
  const session = useSession()
  const settings = useQuery(settingsQuery)
  const keepsRules = hasRole(session, 'director', 'deputy')
  if (settings.isPending) return <Skeleton lines={10} />
  if (!settings.data)
    return (
      <EmptyState
        title="Настройки не открылись"
        action={<Button onClick={() => void settings.refetch()}>Ещё раз</Button>}
      >
        {sentenceOf(settings.error)}
      </EmptyState>
    )
  const { data } = settings
  return (
    <>
      <PageHeader title="Настройки" />
      <Stack>
        <JournalRulesCard settings={data} writable={keepsRules} />
        <GradingPeriodsCard writable={keepsRules} />
        <WorkTypes types={data.workTypes} writable={keepsRules} />
        <AttendanceCodes codes={data.attendanceCodes} writable={keepsRules} />
        <SecondFactorCard settings={data} writable={hasRole(session, 'director')} />
        {hasRole(session, 'system-admin', 'director') && <BackupsCard />}
        <OrganizationCard settings={data} writable={hasRole(session, 'system-admin')} />
      </Stack>
    </>
  )
}

function BackupsCard() {
  return (
    <Card>
      <h2>Резервные копии</h2>
      <p>
        <Link to={paths.backups}>Какие копии журнала есть и до какой минуты всё сохранено</Link>
      </p>
    </Card>
  )
}

type CardProps = { settings: Settings; writable: boolean }

const OPENERS = [
  ['deputy', roleWords.deputy],
  ['director', roleWords.director],
  ['journal-officer', roleWords['journal-officer']],
] as const

type Rules = Omit<PutJournalRules, 'version'>

const rulesIn = ({ journal }: Settings): Rules => ({
  entryWindowDays: journal.entryWindowDays,
  familyAccessDays: journal.familyAccessDays,
  homeworkExpected: journal.homeworkExpected,
  windowOpenerRoles: OPENERS.map(([role]) => role).filter((role) => journal.windowOpenerRoles.includes(role)),
})

const rulesOf = (form: FormData): Rules => ({
  entryWindowDays: Number(form.get('entryWindowDays')),
  familyAccessDays: Number(form.get('familyAccessDays')),
  homeworkExpected: form.has('homeworkExpected'),
  windowOpenerRoles: OPENERS.map(([role]) => role).filter((role) => form.has(role)),
})

function ruleWords(key: keyof Rules, { journal }: Settings): { label: string; now: string } {
  const openers = OPENERS.filter(([role]) => journal.windowOpenerRoles.includes(role)).map(
    ([, label]) => label,
  )
  const words = {
    entryWindowDays: ['Дней на записи после урока', String(journal.entryWindowDays)],
    familyAccessDays: ['Дней семья видит дневник', String(journal.familyAccessDays)],
    homeworkExpected: ['Урок без задания — замечание', journal.homeworkExpected ? 'да' : 'нет'],
    windowOpenerRoles: ['Кто открывает закрытые уроки', openers.join(', ') || 'никто'],
  } satisfies Record<keyof Rules, [string, string]>
  const [label, now] = words[key]
  return { label: label ?? '', now: now ?? '' }
}

function JournalRulesCard({ settings, writable }: CardProps) {
  const kept = useKeptForm(settings, rulesIn)
  const { journal } = kept.base
  const save = (rules: Rules, version: number) =>
    call('PUT', '/api/settings/journal', { body: { ...rules, version } })
  return (
    <Card>
      <h2>Правила журнала</h2>
      <SettingsForm
        kept={kept}
        settings={settings}
        part={rulesIn}
        what="правила журнала"
        writable={writable}
        who="Изменяют директор и заместитель директора."
        fieldsOf={rulesOf}
        save={save}
        words={(key) => ruleWords(key, settings)}
      >
        <Fields>
          <TextField
            label="Сколько дней после урока можно вносить записи"
            name="entryWindowDays"
            type="number"
            min={0}
            max={366}
            required
            hint="В день урока — вовремя, потом — с причиной опоздания. 0 — только в день урока."
            defaultValue={journal.entryWindowDays}
          />
          <TextField
            label="Сколько дней после отъезда семья видит дневник"
            name="familyAccessDays"
            type="number"
            min={0}
            max={3660}
            required
            hint="Дневник остаётся открытым для чтения, потом вход семьи прекращается."
            defaultValue={journal.familyAccessDays}
          />
        </Fields>
        <Checkbox
          name="homeworkExpected"
          label="Считать замечанием урок без домашнего задания"
          hint="Слова «не задано» достаточно. В 1 классе и на кружках задания не ждут."
          defaultChecked={journal.homeworkExpected}
        />
        <fieldset className={styles.plain}>
          <legend>Кто открывает закрытые уроки для записи</legend>
          {OPENERS.map(([role, label]) => (
            <Checkbox
              key={role}
              name={role}
              label={label}
              defaultChecked={journal.windowOpenerRoles.includes(role)}
            />
          ))}
        </fieldset>
      </SettingsForm>
    </Card>
  )
}

type Names = Omit<PutOrganization, 'version'>

const namesOf = (form: FormData): Names => ({
  name: String(form.get('name')),
  shortName: String(form.get('shortName')),
  timeZone: String(form.get('timeZone')) as TimeZone,
})

const namesIn = ({ organization: { name, shortName, timeZone } }: Settings): Names => ({
  name,
  shortName,
  timeZone: timeZone as TimeZone,
})

const NAME_WORDS: Record<keyof Names, string> = {
  name: 'Полное название',
  shortName: 'Короткое название',
  timeZone: 'Часовой пояс',
}

function nameWords(key: keyof Names, { organization }: Settings): string {
  const value = organization[key]
  return key === 'timeZone' ? (zoneWords[value as TimeZone] ?? value) : value
}

function OrganizationCard({ settings, writable }: CardProps) {
  const kept = useKeptForm(settings, namesIn)
  const { organization } = kept.base
  const save = (names: Names, version: number) =>
    call('PUT', '/api/settings/organization', { body: { ...names, version } })
  const listed = (TIME_ZONES as readonly string[]).includes(organization.timeZone)
  return (
    <Card>
      <h2>Организация</h2>
      <SettingsForm
        kept={kept}
        settings={settings}
        part={namesIn}
        what="сведения об организации"
        writable={writable}
        who="Изменяет системный администратор."
        fieldsOf={namesOf}
        save={save}
        words={(key) => ({ label: NAME_WORDS[key], now: nameWords(key, settings) })}
      >
        <TextField
          label="Полное название"
          name="name"
          required
          maxLength={300}
          defaultValue={organization.name}
        />
        <Fields>
          <TextField
            label="Короткое название"
            name="shortName"
            required
            maxLength={120}
            defaultValue={organization.shortName}
          />
          <Select label="Часовой пояс" name="timeZone" defaultValue={organization.timeZone}>
            {!listed && <option value={organization.timeZone}>{organization.timeZone}</option>}
            {TIME_ZONES.map((zone) => (
              <option key={zone} value={zone}>
                {zoneWords[zone]}
              </option>
            ))}
          </Select>
        </Fields>
      </SettingsForm>
    </Card>
  )
}
