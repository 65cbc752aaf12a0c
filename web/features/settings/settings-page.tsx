import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import type { PutJournalRules, PutOrganization, Settings } from '#contract/settings.ts'
import { TIME_ZONES, type TimeZone } from '#domain/calendar/time-zones.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox, Select, TextField } from '#ui/controls.tsx'
import { Card, Columns, EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import { hasRole, useSession } from '#web/session.ts'
import { zoneWords } from '#web/time-zone-words.ts'
import { useTitle } from '#web/title.ts'
import { AttendanceCodes } from './attendance-codes.tsx'
import styles from './settings.module.css'
import { WorkTypes } from './work-types.tsx'

const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call<Settings>('GET', '/api/settings', { signal }),
})

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
        <JournalRulesCard key={`rules${data.version}`} settings={data} writable={keepsRules} />
        <WorkTypes types={data.workTypes} writable={keepsRules} />
        <AttendanceCodes codes={data.attendanceCodes} writable={keepsRules} />
        <OrganizationCard
          key={`names${data.version}`}
          settings={data}
          writable={hasRole(session, 'system-admin')}
        />
      </Stack>
    </>
  )
}

type FormProps = {
  writable: boolean
  who: string
  save: (form: FormData) => Promise<unknown>
  children: ReactNode
}

/** A form that saves as a whole; for who may not write, a note who does. */
function SettingsForm({ writable, who, save, children }: FormProps) {
  const cache = useQueryClient()
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      toast('Настройки сохранены')
      await cache.invalidateQueries()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!saving.isPending) saving.mutate(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} className={styles.form}>
      <fieldset disabled={!writable} className={styles.plain}>
        <Stack>{children}</Stack>
      </fieldset>
      {saving.error && <Notice tone="error">{sentenceOf(saving.error)}</Notice>}
      {writable ? (
        <Button type="submit" busy={saving.isPending}>
          Сохранить
        </Button>
      ) : (
        <p>{who}</p>
      )}
    </form>
  )
}

type CardProps = { settings: Settings; writable: boolean }

const OPENERS = [
  ['deputy', 'заместитель директора'],
  ['director', 'директор'],
  ['journal-officer', 'ответственный за журнал'],
] as const

function JournalRulesCard({ settings: { journal, version }, writable }: CardProps) {
  const save = (form: FormData) => {
    const body: PutJournalRules = {
      entryWindowDays: Number(form.get('entryWindowDays')),
      familyAccessDays: Number(form.get('familyAccessDays')),
      homeworkExpected: form.has('homeworkExpected'),
      windowOpenerRoles: OPENERS.map(([role]) => role).filter((role) => form.has(role)),
      version,
    }
    return call('PUT', '/api/settings/journal', { body })
  }
  return (
    <Card>
      <h2>Правила журнала</h2>
      <SettingsForm writable={writable} who="Изменяют директор и заместитель директора." save={save}>
        <Columns>
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
        </Columns>
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

function OrganizationCard({ settings: { organization, version }, writable }: CardProps) {
  const save = (form: FormData) => {
    const body: PutOrganization = {
      name: String(form.get('name')),
      shortName: String(form.get('shortName')),
      timeZone: String(form.get('timeZone')) as TimeZone,
      version,
    }
    return call('PUT', '/api/settings/organization', { body })
  }
  const listed = (TIME_ZONES as readonly string[]).includes(organization.timeZone)
  return (
    <Card>
      <h2>Организация</h2>
      <SettingsForm writable={writable} who="Изменяет системный администратор." save={save}>
        <TextField
          label="Полное название"
          name="name"
          required
          maxLength={300}
          defaultValue={organization.name}
        />
        <Columns>
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
        </Columns>
      </SettingsForm>
    </Card>
  )
}
