import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { ControlSummary, KeepingCounts } from '#contract/control.ts'
import { percent } from '#domain/marks/rounding.ts'
import { EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { Table } from '#ui/table.tsx'
import { DeskTabs } from '#web/desk-tabs.tsx'
import { counted, daySpan, decimal } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import styles from './control.module.css'
import { controlSearch, spanOf } from './control-search.ts'
import { shownWords } from './shown-words.ts'
import { SpanBar } from './span-bar.tsx'
import { useControlSummary } from './use-control.ts'

const route = getRouteApi(paths.controlSummary)

/** The director's page: how the journal is kept, in figures that open into their lessons. */
export function SummaryPage() {
  useTitle('Сводка по журналу')
  const search = controlSearch(route.useSearch())
  const { today } = useSession()
  const span = spanOf(search, today)
  const navigate = useNavigate()
  const query = useControlSummary(search)
  const { data, error } = query
  return (
    <Stack>
      <PageHeader title="Сводка по журналу" lead={daySpan(span.from, span.to)} />
      <DeskTabs from={search.from} to={search.to} />
      <SpanBar
        span={span}
        onSpan={(days) => void navigate({ to: paths.controlSummary, search: days, replace: true })}
      />
      <LoadFailure title="Сводка не открылась" query={query} />
      {!data && !error && <Skeleton lines={14} />}
      {data?.counts.held === 0 && (
        <EmptyState title="Проведённых уроков за эти дни нет">Выберите другие дни.</EmptyState>
      )}
      {data && data.counts.held > 0 && <Figures data={data} />}
    </Stack>
  )
}

const main: (keyof KeepingCounts)[] = ['held', 'in-time', 'filled-late', 'missing']
const reasons: (keyof KeepingCounts)[] = [
  'no-topic',
  'no-attendance',
  'no-homework',
  'late',
  'corrected',
  'substituted',
]

function Figures({ data }: { data: ControlSummary }) {
  const { counts, from, to, marked, missed } = data
  const tile = (show: keyof KeepingCounts) => (
    <li key={show}>
      <Link to={paths.control} search={{ from, to, show }}>
        <b>{counts[show]}</b>
        <span>{shownWords[show]}</span>
        {show !== 'held' && <small>{share(counts[show], counts.held)}</small>}
      </Link>
    </li>
  )
  return (
    <>
      <ul className={styles.tiles}>{main.map(tile)}</ul>
      <ul className={styles.tiles}>
        {reasons.map(tile)}
        <li>
          <Link to={paths.control} search={{ from, to, show: 'held' }}>
            <b>{marked === 0 ? '—' : share(marked - missed, marked)}</b>
            <span>Посещаемость</span>
            <small>
              {counted(missed, 'пропуск', 'пропуска', 'пропусков')} из {marked}
            </small>
          </Link>
        </li>
      </ul>
      <Lines
        title="По учителям"
        head="Учитель"
        lines={data.teachers}
        filter="teacherId"
        span={{ from, to }}
      />
      <Lines
        title="По классам и кружкам"
        head="Класс"
        lines={data.classes}
        filter="classId"
        span={{ from, to }}
      />
    </>
  )
}

const share = (part: number, whole: number): string => {
  const found = percent(part, whole)
  return found === null ? '—' : `${decimal(found)} %`
}

type LinesProps = {
  title: string
  head: string
  lines: ControlSummary['teachers']
  filter: 'teacherId' | 'classId'
  span: { from: string; to: string }
}

const columns: (keyof KeepingCounts)[] = [
  'held',
  'in-time',
  'filled-late',
  'missing',
  'late',
  'corrected',
  'substituted',
]

function Lines({ title, head, lines, filter, span }: LinesProps) {
  return (
    <Table label={title} caption={title}>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {columns.map((show) => (
            <th key={show} scope="col" data-number className={styles.columnHead}>
              {shownWords[show]}
            </th>
          ))}
          <th scope="col" data-number className={styles.columnHead}>
            Посещаемость
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, name, counts, marked, missed }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {columns.map((show) => (
              <td key={show} data-number>
                {counts[show] === 0 ? (
                  <span className={styles.soft}>0</span>
                ) : (
                  <Link
                    to={paths.control}
                    search={{ ...span, [filter]: id, show }}
                    aria-label={`${name}, ${shownWords[show].toLowerCase()}: ${counts[show]}`}
                  >
                    {counts[show]}
                  </Link>
                )}
              </td>
            ))}
            <td data-number>{share(marked - missed, marked)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
