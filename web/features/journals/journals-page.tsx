import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { JournalLine, JournalList } from '#contract/journals.ts'
import { isFound, searchWords } from '#domain/people/search.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button } from '#ui/button.tsx'
import { Select, TextField } from '#ui/controls.tsx'
import { EmptyState, PageHeader, Skeleton, Soft, Stack } from '#ui/layout.tsx'
import { Badge } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { call } from '#web/api.ts'
import { counted, dayMonth } from '#web/formats.ts'
import { useKept } from '#web/kept.ts'
import { sentenceOf } from '#web/query-client.ts'
import { StaffName } from '#web/staff-name.tsx'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import styles from './journals.module.css'

type Kind = JournalLine['kind'] | 'all' | 'unfilled'
const kinds: [Kind, string][] = [
  ['all', 'Все'],
  ['unfilled', 'С незаполненными уроками'],
  ['lessons', 'Уроки'],
  ['activity', 'Кружки'],
  ['corrective', 'Коррекционные занятия'],
]
// A search is worth its place only where the list does not fit the screen.
const SEARCH_FROM = 6

/** Journals this person keeps, leads or controls. */
export function JournalsPage() {
  useTitle('Журналы')
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['journals'],
    queryFn: ({ signal }) => call<JournalList>('GET', '/api/journals', { signal }),
  })
  if (data) return <Journals journals={data.journals} />
  return (
    <>
      <PageHeader title="Журналы" lead=" " />
      {error ? (
        <EmptyState
          title="Список не открылся"
          action={
            <Button variant="primary" busy={isFetching} onClick={() => void refetch()}>
              Попробовать ещё раз
            </Button>
          }
        >
          {sentenceOf(error)}
        </EmptyState>
      ) : (
        <Skeleton lines={10} />
      )}
    </>
  )
}

function Journals({ journals }: { journals: JournalLine[] }) {
  const [query, setQuery] = useKept('journals query', '')
  const [kind, setKind] = useKept<Kind>('journals kind', 'all')
  const withTeachers = journals.some(({ own }) => !own)
  const words = searchWords(useDeferredValue(query))
  const found = journals.filter(
    (journal) => isOf(kind, journal) && isFound([journal.subject, journal.group, journal.teacher], words),
  )
  return (
    <Stack>
      <PageHeader
        title="Журналы"
        lead={[journals[0]?.intake, counted(found.length, 'журнал', 'журнала', 'журналов')]
          .filter(Boolean)
          .join(' · ')}
      />
      {journals.length >= SEARCH_FROM && (
        <div className={styles.filters}>
          <TextField
            label="Найти"
            type="search"
            placeholder="Предмет, класс или учитель"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <Select label="Показать" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
            {kinds.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </div>
      )}
      {found.length === 0 ? (
        <EmptyState title={journals.length === 0 ? 'Журналов пока нет' : 'Ничего не нашлось'}>
          {journals.length === 0
            ? 'Они появятся, когда за вами закрепят нагрузку.'
            : 'Попробуйте другое слово или снимите отбор.'}
        </EmptyState>
      ) : (
        <Table label="Журналы">
          <thead>
            <tr>
              <th scope="col">Журнал</th>
              <th scope="col">Не заполнено</th>
              <th scope="col" className={styles.wide}>
                Последняя запись
              </th>
              {withTeachers && (
                <th scope="col" className={styles.wide}>
                  Учитель
                </th>
              )}
            </tr>
          </thead>
          {byGroup(found).map(([group, own]) => (
            <tbody key={group}>
              {group !== null && (
                <tr>
                  <th scope="rowgroup" colSpan={withTeachers ? 4 : 3} className={styles.group}>
                    {group}
                  </th>
                </tr>
              )}
              {own.map((journal) => (
                <Line key={journal.id} journal={journal} withTeacher={withTeachers} />
              ))}
            </tbody>
          ))}
        </Table>
      )}
    </Stack>
  )
}

// A short list needs no headings.
const HEADINGS_FROM = 20

/** Journals under the names of their classes and groups, in the order in which these first come. */
function byGroup(journals: JournalLine[]): [string | null, JournalLine[]][] {
  if (journals.length < HEADINGS_FROM) return [[null, journals]]
  const groups = [...new Set(journals.map(headingOf))]
  return groups.map((group) => [group, journals.filter((journal) => headingOf(journal) === group)])
}

const headings = { activity: 'Кружки', corrective: 'Коррекционные занятия', lessons: null }
const headingOf = ({ kind, group }: JournalLine): string => headings[kind] ?? group

function Line({ journal, withTeacher }: { journal: JournalLine; withTeacher: boolean }) {
  const { id, subject, group, teacher, own, kind, lastFilledOn, unfilled, held } = journal
  return (
    <tr>
      <th scope="row">
        <Link to={paths.journal} params={{ journalId: id }}>
          {journalTitle(subject, group)}
        </Link>{' '}
        {kind === 'activity' && <Badge>кружок</Badge>}
        {kind === 'corrective' && <Badge>коррекционное</Badge>}
        {withTeacher && <div className={styles.narrow}>{own ? 'вы' : <StaffName of={teacher} />}</div>}
      </th>
      <td>
        {unfilled === 0 ? (
          <Soft>{held === 0 ? 'уроков ещё не было' : '✓ всё заполнено'}</Soft>
        ) : (
          <Badge tone="warn">
            {counted(unfilled, 'урок', 'урока', 'уроков')} из {held}
          </Badge>
        )}
      </td>
      <td className={styles.wide}>{lastFilledOn ? dayMonth(lastFilledOn) : <Soft>записей нет</Soft>}</td>
      {withTeacher && <td className={styles.wide}>{own ? 'вы' : <StaffName of={teacher} />}</td>}
    </tr>
  )
}

function isOf(kind: Kind, journal: JournalLine): boolean {
  if (kind === 'all') return true
  return kind === 'unfilled' ? journal.unfilled > 0 : journal.kind === kind
}
