import { Button, IconButton } from './button.tsx'
import { DateInput } from './date-field.tsx'
import styles from './day-nav.module.css'
import { BackIcon, ForwardIcon } from './icons.tsx'

type Props = {
  /** Shown day, «YYYY-MM-DD». */
  day: string
  previous: string | null
  next: string | null
  today: string
  /** What one step is: «день», «неделя». */
  step?: string
  onGo: (day: string) => void
}

/** Previous, today, next, and any day, typed or from a calendar. */
export function DayNav({ day, previous, next, today, step = 'день', onGo }: Props) {
  return (
    <nav className={styles.nav} aria-label="Выбор дня">
      <IconButton
        label={`Назад: ${step}`}
        variant="secondary"
        disabled={previous === null}
        onClick={() => previous && onGo(previous)}
      >
        <BackIcon />
      </IconButton>
      <Button aria-current={day === today ? 'date' : undefined} onClick={() => onGo(today)}>
        Сегодня
      </Button>
      <IconButton
        label={`Вперёд: ${step}`}
        variant="secondary"
        disabled={next === null}
        onClick={() => next && onGo(next)}
      >
        <ForwardIcon />
      </IconButton>
      <DateInput label="Дата" value={day} onDay={(other) => other && onGo(other)} />
    </nav>
  )
}
