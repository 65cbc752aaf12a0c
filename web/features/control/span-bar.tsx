import { addDays, type Day, mondayOf } from '#domain/calendar/day.ts'
import { Button } from '#ui/button.tsx'
import { DateField } from '#ui/date-field.tsx'
import { PrintIcon } from '#ui/icons.tsx'
import { ButtonGroup } from '#ui/layout.tsx'
import { useSession } from '#web/session.ts'
import styles from './control.module.css'

type Span = { from: string; to: string }

/** The days looked at, with the usual ones at hand. */
export function SpanBar({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
  const { today, intake } = useSession()
  const monday = mondayOf(today as Day)
  const usual: [string, Span][] = [
    ['Сегодня', { from: today, to: today }],
    ['Семь дней', { from: addDays(today as Day, -6), to: today }],
    ['Прошлая неделя', { from: addDays(monday, -7), to: addDays(monday, -1) }],
  ]
  if (intake && intake.from <= today) usual.push(['Заезд', { from: intake.from, to: today }])
  const isShown = ({ from, to }: Span) => from === span.from && to === span.to
  return (
    <div className={styles.span}>
      <DateField
        label="С"
        value={span.from}
        max={span.to}
        onDay={(day) => day && onSpan({ from: day, to: span.to })}
      />
      <DateField
        label="По"
        value={span.to}
        min={span.from}
        onDay={(day) => day && onSpan({ from: span.from, to: day })}
      />
      <ButtonGroup label="Дни">
        {usual.map(([name, days]) => (
          <Button key={name} aria-pressed={isShown(days)} onClick={() => onSpan(days)}>
            {name}
          </Button>
        ))}
      </ButtonGroup>
      <Button variant="quiet" onClick={() => print()}>
        <PrintIcon /> Печать
      </Button>
    </div>
  )
}
