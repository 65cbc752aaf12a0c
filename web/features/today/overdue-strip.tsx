import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { OverdueLessons } from '#contract/lessons.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { counted, dayMonth, weekday } from '#web/formats.ts'
import { paths } from '../../paths.ts'
import styles from './today.module.css'
import { useOverdue } from './use-day.ts'

const FIRST = 3
type Line = OverdueLessons['lessons'][number]

/** Past lessons that still wait for their record, nearest first. */
export function OverdueStrip({ count }: { count: number }) {
  const [all, setAll] = useState(false)
  const { data } = useOverdue(count > 0)
  if (count === 0) return null
  const lessons = data?.lessons ?? []
  const open = all ? lessons : lessons.slice(0, FIRST)
  return (
    <Notice
      tone="warn"
      title={counted(
        count,
        'прошедший урок не записан',
        'прошедших урока не записаны',
        'прошедших уроков не записаны',
      )}
      action={
        lessons.length > FIRST && (
          <Button aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Свернуть' : 'Показать все'}
          </Button>
        )
      }
    >
      <ul className={styles.overdue}>
        {open.map((lesson) => (
          <li key={lesson.id}>
            <Link to={paths.lesson} params={{ lessonId: lesson.id }}>
              {weekday(lesson.day)}, {dayMonth(lesson.day)}: {journalTitle(lesson.subject, lesson.group)}
            </Link>{' '}
            — {missingWords(lesson)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function missingWords({ missing, state }: Line): string {
  const parts = missing.map((part) => (part === 'topic' ? 'темы' : 'посещаемости'))
  return `нет ${parts.join(' и ')}${state === 'closed' ? '; срок записи прошёл' : ''}`
}
