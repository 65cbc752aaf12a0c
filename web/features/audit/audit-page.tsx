import { Link } from '@tanstack/react-router'
import type { AuditChoices, AuditSection } from '#contract/audit.ts'
import { auditActionWords } from '#domain/access/audit-action.words.ts'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/controls.tsx'
import { DateField } from '#ui/date-field.tsx'
import { Fields } from '#ui/field.tsx'
import { EmptyState, PageHeader, Row, Skeleton, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { counted } from '#web/formats.ts'
import { useKept } from '#web/kept.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import styles from './audit.module.css'
import { AuditTable } from './audit-table.tsx'
import { useAuditChoices, useAuditExport, useAuditLines, type Wanted } from './use-audit.ts'

const SECTION_WORDS: Record<AuditSection, string> = {
  done: 'Что сделано',
  came: 'Кто входил',
  read: 'Кто открывал',
}
const SECTIONS = Object.keys(SECTION_WORDS) as AuditSection[]
const EVERYTHING: Wanted = { section: 'came', personId: '', childId: '', action: '', from: '', to: '' }

/** What was done, who came and who opened what, for the director and the administrator. */
export function AuditPage() {
  useTitle('События')
  const [wanted, setWanted] = useKept('events', EVERYTHING)
  const query = useAuditLines(wanted)
  const choices = useAuditChoices()
  const taking = useAuditExport()
  const lines = query.data?.pages.flatMap((page) => page.lines)
  const failure = taking.error ?? query.error ?? choices.error
  return (
    <Stack>
      <PageHeader
        title="События"
        lead="Кто и когда входил, что делал и чьи данные открывал. Записи нельзя изменить."
      />
      <Filters wanted={wanted} choices={choices.data} onChange={setWanted} />
      <div className={styles.actions}>
        <Row>
          <Button busy={taking.isPending} onClick={() => taking.mutate(wanted)}>
            Выгрузить в таблицу
          </Button>
          <Button onClick={() => window.print()}>Напечатать</Button>
          <Link to={paths.accessEvents}>Кто выдавал доступ и роли</Link>
        </Row>
      </div>
      {failure && <Notice tone="error">{sentenceOf(failure)}</Notice>}
      <LoadFailure title="Список не открылся" query={query} />
      {query.isPending && <Skeleton lines={8} />}
      {lines && lines.length === 0 && (
        <EmptyState title="Ничего не найдено">
          Измените отбор: другие дни, другой человек или раздел.
        </EmptyState>
      )}
      {lines && lines.length > 0 && <AuditTable label={SECTION_WORDS[wanted.section]} lines={lines} />}
      {lines && lines.length > 0 && (
        <p role="status">Показано: {counted(lines.length, 'запись', 'записи', 'записей')}</p>
      )}
      {query.hasNextPage && (
        <div className={styles.actions}>
          <Row>
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Показать ещё
            </Button>
          </Row>
        </div>
      )}
    </Stack>
  )
}

type FilterProps = {
  wanted: Wanted
  choices: AuditChoices | undefined
  onChange: (wanted: Wanted) => void
}

function Filters({ wanted, choices, onChange }: FilterProps) {
  const set = (key: keyof Wanted) => (event: { target: { value: string } }) =>
    onChange({ ...wanted, [key]: event.target.value })
  // Another section has other actions.
  const turnTo = (event: { target: { value: string } }) =>
    onChange({ ...wanted, section: event.target.value as AuditSection, action: '' })
  return (
    <div className={styles.filters}>
      <Fields least="10rem">
        <Select label="Раздел" value={wanted.section} onChange={turnTo}>
          {SECTIONS.map((section) => (
            <option key={section} value={section}>
              {SECTION_WORDS[section]}
            </option>
          ))}
        </Select>
        <Select label="Кто" value={wanted.personId} onChange={set('personId')}>
          <option value="">все</option>
          {[...(choices?.people ?? []), ...(choices?.children ?? [])].map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select label="О ком: ребёнок" value={wanted.childId} onChange={set('childId')}>
          <option value="">все</option>
          {choices?.children.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select label="Действие" value={wanted.action} onChange={set('action')}>
          <option value="">все</option>
          {choices?.actions[wanted.section]?.map((action) => (
            <option key={action} value={action}>
              {auditActionWords[action] ?? action}
            </option>
          ))}
        </Select>
        <DateField
          label="С какого дня"
          value={wanted.from}
          {...(wanted.to && { max: wanted.to })}
          onDay={(from) => onChange({ ...wanted, from })}
        />
        <DateField
          label="По какой день"
          value={wanted.to}
          {...(wanted.from && { min: wanted.from })}
          onDay={(to) => onChange({ ...wanted, to })}
        />
      </Fields>
    </div>
  )
}
