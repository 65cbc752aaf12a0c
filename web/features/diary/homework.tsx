import { useId } from 'react'
import type { DiaryWeek } from '#contract/diary.ts'
import { addDays, type Day } from '#domain/calendar/day.ts'
import { longDay } from '#web/formats.ts'
import { timeText } from '#web/time-text.ts'
import styles from './diary.module.css'

/** What to prepare for the next day with lessons, with the time it takes in all. */
export function Homework({ week: { days, today } }: { week: DiaryWeek }) {
  const titleId = useId()
  const next = days.find(({ day, lessons }) => day > today && lessons.length > 0)
  if (!next || days.every(({ day }) => day > today)) return null
  const due = next.lessons.filter((lesson) => lesson.due)
  const tomorrow = next.day === addDays(today as Day, 1)
  return (
    <section className={styles.homework} aria-labelledby={titleId}>
      <h2 id={titleId}>
        Задано на {tomorrow ? 'завтра' : longDay(next.day)}
        {next.minutes > 0 && <span className={styles.minutes}> · всего {timeText(next.minutes)}</span>}
      </h2>
      {due.length === 0 ? (
        <p className={styles.note}>Домашнего задания нет.</p>
      ) : (
        <ul>
          {due.map(({ id, subject, due: homework }) => (
            <li key={id}>
              <b>{subject}:</b> {homework?.text}
              {homework?.minutes ? (
                <span className={styles.soft}> · {timeText(homework.minutes)}</span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
