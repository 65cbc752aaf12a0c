import { Link } from '@tanstack/react-router'
import { buttonClass } from '#ui/button.tsx'
import { HistoryIcon } from '#ui/icons.tsx'
import { paths } from '../paths.ts'
import { moment } from './formats.ts'
import { useOpenMoment } from './moment.ts'

/** Where a moment of the past is open: the way from a lesson of today to how it stood then. */
export function LessonThenLink({ lessonId }: { lessonId: string }) {
  const opened = useOpenMoment()
  if (!opened) return null
  return (
    <Link className={buttonClass()} to={paths.lessonThen} params={{ lessonId }}>
      <HistoryIcon /> Как было {moment(opened.at)}
    </Link>
  )
}

/** The same for a child. */
export function StudentThenLink({ studentId }: { studentId: string }) {
  const opened = useOpenMoment()
  if (!opened) return null
  return (
    <Link className={buttonClass()} to={paths.studentThen} params={{ studentId }}>
      <HistoryIcon /> Как было {moment(opened.at)}
    </Link>
  )
}
