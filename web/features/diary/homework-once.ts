import type { DiaryDay, DiaryLesson } from '#contract/diary.ts'

/**
 * Lessons of whose homework the text already stands at a later lesson of the same days, where it is due: there it
 * is needed, and once is enough.
 */
export function shownWhereDue(days: readonly DiaryDay[]): Set<string> {
  const lessons = days.flatMap(({ day, lessons: own }) => own.map((lesson) => ({ day, lesson })))
  const due = lessons.flatMap(({ lesson }) =>
    lesson.due ? [keyOf(lesson, lesson.due.setOn, lesson.due.text)] : [],
  )
  const isDue = new Set(due)
  return new Set(
    lessons
      .filter(({ day, lesson }) => lesson.homework && isDue.has(keyOf(lesson, day, lesson.homework.text)))
      .map(({ lesson }) => lesson.id),
  )
}

const keyOf = ({ subject, group }: DiaryLesson, setOn: string, text: string): string =>
  [subject, group ?? '', setOn, text].join('\n')
