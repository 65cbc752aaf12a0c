import { Button, IconButton } from './button.tsx'
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

/** Previous, today, next, and any day from the browser's own calendar. */
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
      <input
        className={styles.date}
        type="date"
        aria-label="Дата"
        value={day}
        onChange={(event) => event.target.value && onGo(event.target.value)}
      />
    </nav>
  )
}
