import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GradingPeriod, GradingPeriods } from '#contract/grading-periods.ts'
import { Button } from '#ui/button.tsx'
import { Card, Row, Skeleton } from '#ui/layout.tsx'
import { Badge } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { call } from '#web/api.ts'
import { dayMonth, dayWithYear, moment } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { StaffName } from '#web/staff-name.tsx'
import { DecidePeriodDialog, type PeriodDecision } from './decide-period-dialog.tsx'
import { periodName } from './period-name.ts'
import styles from './settings.module.css'

const periodsQuery = queryOptions({
  queryKey: ['grading-periods'],
  queryFn: ({ signal }) => call<GradingPeriods>('GET', '/api/grading-periods', { signal }),
})

type Deciding = { id: string; decision: PeriodDecision }

/** Grading periods: which are closed, by whom and why; closing and opening again. */
export function GradingPeriodsCard({ writable }: { writable: boolean }) {
  const query = useQuery(periodsQuery)
  const [deciding, setDeciding] = useState<Deciding | null>(null)
  const { data } = query
  const decided = data?.periods.find(({ id }) => id === deciding?.id)
  return (
    <Card>
      <h2>Учебные периоды</h2>
      <p>
        В закрытом периоде записи уроков не меняют: введённое учителем ждёт решения. Кружки и сборные группы
        периодов не имеют.
      </p>
      <LoadFailure title="Учебные периоды не открылись" query={query} />
      {!data && !query.error && <Skeleton lines={4} />}
      {data && data.periods.length === 0 && (
        <p>Периодов ещё нет: они появляются после загрузки таблицы «Учебные периоды».</p>
      )}
      {data && data.periods.length > 0 && (
        <PeriodTable data={data} onDecide={writable ? setDeciding : null} />
      )}
      {!writable && <p>Закрывают и открывают директор и заместитель директора.</p>}
      {data && deciding && decided && (
        <DecidePeriodDialog
          period={decided}
          decision={deciding.decision}
          today={data.today}
          onClose={() => setDeciding(null)}
        />
      )}
    </Card>
  )
}

type TableProps = { data: GradingPeriods; onDecide: ((deciding: Deciding) => void) | null }

function PeriodTable({ data: { periods, today }, onDecide }: TableProps) {
  return (
    <Table label="Учебные периоды">
      <thead>
        <tr>
          <th scope="col">Период</th>
          <th scope="col">Состояние</th>
        </tr>
      </thead>
      <tbody>
        {periods.map((period) => (
          <tr key={period.id}>
            <th scope="row">
              {periodName(period)}
              <div className={styles.soft}>
                {dayMonth(period.from)} – {dayWithYear(period.to)}
              </div>
            </th>
            <td>
              <div className={styles.state}>
                <div>
                  <State period={period} />
                  <Decision period={period} />
                </div>
                {onDecide && <Actions period={period} today={today} onDecide={onDecide} />}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function State({ period: { state, openUntil } }: { period: GradingPeriod }) {
  if (state === 'open') return <Badge tone="good">открыт</Badge>
  if (state === 'closed') return <Badge>закрыт</Badge>
  return <Badge tone="warn">открыт снова до {dayMonth(openUntil ?? '')}</Badge>
}

function Decision({ period: { reason, decidedBy, decidedAt } }: { period: GradingPeriod }) {
  if (decidedAt === null) return null
  return (
    <>
      <div>{reason}</div>
      <div className={styles.soft}>
        {decidedBy === null ? 'консоль сервера' : <StaffName of={decidedBy} />}, {moment(decidedAt)}
      </div>
    </>
  )
}

type ActionsProps = { period: GradingPeriod; today: string; onDecide: (deciding: Deciding) => void }

function Actions({ period, today, onDecide }: ActionsProps) {
  const { id, state, from } = period
  if (from > today) return <span className={styles.soft}>ещё не начался</span>
  const name = periodName(period)
  return (
    <Row>
      {state !== 'closed' && (
        <Button aria-label={`Закрыть: ${name}`} onClick={() => onDecide({ id, decision: 'close' })}>
          Закрыть
        </Button>
      )}
      {state !== 'open' && (
        <Button
          aria-label={`${state === 'closed' ? 'Открыть снова' : 'Изменить срок'}: ${name}`}
          onClick={() => onDecide({ id, decision: 'reopen' })}
        >
          {state === 'closed' ? 'Открыть снова' : 'Изменить срок'}
        </Button>
      )}
    </Row>
  )
}
