import { useId } from 'react'
import type { DiaryDay } from '#contract/diary.ts'
import { Badge } from '#ui/notice.tsx'
import { capital, longDay } from '#web/formats.ts'
import { timeText } from '#web/time-text.ts'
import styles from './diary.module.css'
import { LessonItem } from './lesson-item.tsx'

type Props = { day: DiaryDay; today: string; className: string | null }

/** One day of the diary with its lessons in order. */
export function DayCard({ day, today, className }: Props) {
  const titleId = useId()
  return (
    <section className={styles.day} aria-labelledby={titleId}>
      <header className={styles.dayHead}>
        <h2 id={titleId}>{capital(longDay(day.day))}</h2>
        {day.day === today && <Badge tone="info">сегодня</Badge>}
        {day.minutes > 0 && <span className={styles.minutes}>дома {timeText(day.minutes)}</span>}
      </header>
      {day.lessons.length === 0 ? (
        <p className={styles.note}>{day.event ?? (day.away ? 'Ребёнок не в центре.' : 'Занятий нет.')}</p>
      ) : (
        <ol className={styles.lessons}>
          {day.lessons.map((lesson) => (
            <LessonItem key={lesson.id} lesson={lesson} className={className} />
          ))}
        </ol>
      )}
    </section>
  )
}
