import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'

type Props = { lessonId: string; label: string; children: ReactNode }

/** A lesson's date that opens its screen. Arrow keys reach it from the first row; Tab does not stop at sixty of them. */
export function LessonLink({ lessonId, label, children }: Props) {
  return (
    <Link
      to={paths.lesson as string}
      params={{ lessonId } as never}
      tabIndex={-1}
      aria-label={label}
      title={label}
      preload={false}
    >
      {children}
    </Link>
  )
}
