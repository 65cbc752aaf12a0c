import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import styles from './date-field.module.css'
import { dayText, monthsOn, monthText, shifted, weeksOf, wholeDayText, within } from './day-text.ts'
import { BackIcon, ForwardIcon } from './icons.tsx'

const WEEKDAYS = [
  ['пн', 'понедельник'],
  ['вт', 'вторник'],
  ['ср', 'среда'],
  ['чт', 'четверг'],
  ['пт', 'пятница'],
  ['сб', 'суббота'],
  ['вс', 'воскресенье'],
] as const

const MOVES: Record<string, (day: string) => string> = {
  ArrowLeft: (day) => shifted(day, -1),
  ArrowRight: (day) => shifted(day, 1),
  ArrowUp: (day) => shifted(day, -7),
  ArrowDown: (day) => shifted(day, 7),
  PageUp: (day) => monthsOn(day, -1),
  PageDown: (day) => monthsOn(day, 1),
}

type Props = {
  /** The day chosen so far, if any, and the one the calendar opens on. */
  chosen: string
  start: string
  min: string
  max: string
  onChoose: (day: string) => void
  onClose: () => void
}

/** A month to choose a day from: Russian, Monday first, with arrows, Page Up and Page Down. */
export function Calendar({ chosen, start, min, max, onChoose, onClose }: Props) {
  const [day, setDay] = useState(start)
  const box = useRef<HTMLDivElement>(null)
  const titleId = useId()
  const byKey = useRef(true)
  useEffect(() => {
    const shown = box.current
    // In the layer above everything, so no dialog cuts it off; older browsers show it where it stands.
    shown?.showPopover?.()
    const closed = (event: Event) => (event as ToggleEvent).newState === 'closed' && onClose()
    shown?.addEventListener('toggle', closed)
    return () => shown?.removeEventListener('toggle', closed)
  }, [onClose])
  useEffect(() => {
    if (byKey.current) box.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
    byKey.current = false
  }, [day])
  const allowed = (other: string) => other >= min && other <= max
  const go = (other: string) => setDay(within(other, min, max))
  const onKeyDown = (event: KeyboardEvent) => {
    const next = MOVES[event.key]?.(day)
    if (!next) return
    event.preventDefault()
    byKey.current = true
    go(next)
  }
  return (
    <div ref={box} popover="auto" role="dialog" aria-labelledby={titleId} className={styles.calendar}>
      <div className={styles.months}>
        <IconButton label="Предыдущий месяц" onClick={() => go(monthsOn(day, -1))}>
          <BackIcon />
        </IconButton>
        <strong id={titleId} aria-live="polite">
          {monthText(day)}
        </strong>
        <IconButton label="Следующий месяц" onClick={() => go(monthsOn(day, 1))}>
          <ForwardIcon />
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: days are moved through by arrow keys */}
      <table role="grid" aria-labelledby={titleId} onKeyDown={onKeyDown} className={styles.days}>
        <thead>
          <tr>
            {WEEKDAYS.map(([short, long]) => (
              <th key={short} scope="col" abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(day).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((one, n) => (
                <td key={WEEKDAYS[n]?.[0]}>
                  {one && (
                    <button
                      type="button"
                      data-day={one}
                      tabIndex={one === day ? 0 : -1}
                      disabled={!allowed(one)}
                      aria-label={wholeDayText(one)}
                      aria-pressed={one === chosen}
                      onClick={() => onChoose(one)}
                    >
                      {Number(one.slice(8))}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.foot}>
        {chosen ? <span>Выбрано: {dayText(chosen)}</span> : <span />}
        <Button onClick={onClose}>Закрыть</Button>
      </div>
    </div>
  )
}
