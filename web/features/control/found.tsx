import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import type { ControlRow } from '#contract/control.ts'
import { Button } from '#ui/button.tsx'
import { cx } from '#ui/cx.ts'
import { Badge } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { capital, dayMonth, longDay } from '#web/formats.ts'
import { usePrinting } from '#web/printing.ts'
import { StaffName, useStaffName } from '#web/staff-name.tsx'
import { paths } from '../../paths.ts'
import styles from './control.module.css'
import { gapWords } from './shown-words.ts'

// A phone's screen holds about six; whoever wants all narrows the search or goes on.
const ROWS_AT_ONCE = 40
const MORE_ROWS = 100

/** Lessons by day; each opens its screen. Up and down arrows go from lesson to lesson. */
export function Found({ rows: all }: { rows: ControlRow[] }) {
  const [shown, setShown] = useState(ROWS_AT_ONCE)
  const printing = usePrinting()
  const rows = printing ? all : all.slice(0, shown)
  const days = [...new Set(rows.map(({ day }) => day))]
  const rest = all.length - rows.length
  return (
    <>
      <Table label="Уроки">
        <thead>
          <tr>
            <th scope="col">Урок</th>
            <th scope="col" className={styles.wide}>
              Учитель
            </th>
            <th scope="col">Что найдено</th>
          </tr>
        </thead>
        {days.map((day) => (
          <tbody key={day} onKeyDown={walk}>
            <tr>
              <th scope="rowgroup" colSpan={3} className={styles.dayRow}>
                {capital(longDay(day))}
              </th>
            </tr>
            {rows
              .filter((row) => row.day === day)
              .map((row) => (
                <Row key={row.lessonId} row={row} />
              ))}
          </tbody>
        ))}
      </Table>
      {rest > 0 && (
        <p className={styles.more}>
          <Button onClick={() => setShown(shown + MORE_ROWS)}>
            Показать ещё {Math.min(rest, MORE_ROWS)} из {rest}
          </Button>
        </p>
      )}
    </>
  )
}

function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || !(event.target instanceof HTMLAnchorElement)) return
  const links = [...(event.target.closest('table')?.querySelectorAll('a') ?? [])]
  const next = links[links.indexOf(event.target) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function Row({ row }: { row: ControlRow }) {
  const { lessonId, period, startsAt, subject, group, teacher } = row
  return (
    <tr>
      <th scope="row">
        <Link to={paths.lesson} params={{ lessonId }}>
          {group} · {subject}
        </Link>
        <div className={styles.soft}>{period === null ? startsAt : `${period}-й урок, ${startsAt}`}</div>
        <div className={styles.narrow}>
          <StaffName of={teacher} />
        </div>
      </th>
      <td className={cx(styles.wide, styles.teacher)}>
        <StaffName of={teacher} />
      </td>
      <td>
        <Findings row={row} />
      </td>
    </tr>
  )
}

function Findings({
  row: { gaps, late, correction, insteadOf, substitutionReason, merged, marked },
}: {
  row: ControlRow
}) {
  const nameOf = useStaffName()
  return (
    <ul className={styles.findings}>
      {gaps.map((gap) => (
        <li key={gap}>
          <Badge tone={gap === 'no-homework' ? 'warn' : 'error'}>{gapWords[gap]}</Badge>
        </li>
      ))}
      {late && (
        <li>
          <Badge tone="warn">поздняя запись</Badge>
          <span className={styles.soft}> {lateText(late, nameOf)}</span>
        </li>
      )}
      {correction && (
        <li>
          <Badge tone="info">исправление</Badge>
          <span className={styles.soft}> {lateText(correction, nameOf)}</span>
        </li>
      )}
      {insteadOf && (
        <li>
          <Badge tone={merged ? 'warn' : 'info'}>{merged ? 'замена, объединённое занятие' : 'замена'}</Badge>
          <span className={styles.soft}>
            {' '}
            по расписанию — <StaffName of={insteadOf} />
            {substitutionReason && `; ${substitutionReason}`}
          </span>
        </li>
      )}
      {gaps.length === 0 && !late && (
        <li className={styles.soft}>✓ заполнено в срок{marked > 0 && `, отмечено детей: ${marked}`}</li>
      )}
    </ul>
  )
}

function lateText(
  { reason, by, enteredOn }: NonNullable<ControlRow['late']>,
  nameOf: (name: string) => string,
): string {
  const who = [enteredOn && dayMonth(enteredOn), by && nameOf(by)].filter(Boolean).join(', ')
  return [reason, who].filter(Boolean).join(' — ') || 'без причины'
}
