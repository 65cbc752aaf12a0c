import { useEffect, useId, useRef } from 'react'
import type { DiaryDay } from '#contract/diary.ts'
import { Badge } from '#ui/notice.tsx'
import { capital, longDay } from '#web/formats.ts'
import { timeText } from '#web/time-text.ts'
import styles from './diary.module.css'
import { LessonItem } from './lesson-item.tsx'

type Props = {
  day: DiaryDay
  today: string
  className: string | null
  /** Lessons whose homework already stands at the lesson it is for. */
  shownWhereDue?: ReadonlySet<string>
  /** Today is scrolled into sight when the week opens. */
  inSight?: boolean
}

/** One day of the diary with its lessons in order. */
export function DayCard({ day, today, className, shownWhereDue, inSight = false }: Props) {
  const titleId = useId()
  const card = useRef<HTMLElement>(null)
  const isToday = day.day === today
  useEffect(() => {
    if (isToday && inSight) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isToday, inSight])
  return (
    <section ref={card} className={styles.day} aria-labelledby={titleId} data-today={isToday || undefined}>
      <header className={styles.dayHead}>
        <h2 id={titleId}>{capital(longDay(day.day))}</h2>
        {isToday && <Badge tone="info">сегодня</Badge>}
        {day.minutes > 0 && <span className={styles.minutes}>дома {timeText(day.minutes)}</span>}
      </header>
      {day.lessons.length === 0 ? (
        <p className={styles.note}>{day.event ?? (day.away ? 'Ребёнок не в центре.' : 'Занятий нет.')}</p>
      ) : (
        <ol className={styles.lessons}>
          {day.lessons.map((lesson) => (
            <LessonItem
              key={lesson.id}
              lesson={shownWhereDue?.has(lesson.id) ? { ...lesson, homework: null } : lesson}
              className={className}
            />
          ))}
        </ol>
      )}
    </section>
  )
}
