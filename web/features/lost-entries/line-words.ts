import type { LessonPage } from '#contract/lessons.ts'
import type { LineValue } from './lines.ts'

/** What a line is about, in words: the child with what was given, or the part of the lesson's record. */
export function placeWords(page: LessonPage | null, value: LineValue): string {
  if (value.kind === 'record') return 'Тема урока'
  if (value.kind === 'homework') return 'Домашнее задание'
  const child =
    page?.children.find(({ id }) => id === value.studentId)?.name ?? 'Ребёнок, которого нет в списке'
  if (value.kind === 'roll') return `${child}, посещаемость`
  const work = page?.works.find(({ id }) => id === value.workId)
  return `${child}, ${(work ? work.title || work.name : 'отметка').toLowerCase()}`
}

/** A value as people read it. */
export function valueWords(page: LessonPage | null, value: LineValue): string {
  switch (value.kind) {
    case 'record':
      return value.comment === null ? topicWords(value) : `${topicWords(value)} (${value.comment})`
    case 'homework':
      return homeworkWords(value)
    case 'roll':
      return rollWords(page, value.code)
    default:
      return markWords(value)
  }
}

type Of<Kind extends LineValue['kind']> = Extract<LineValue, { kind: Kind }>

const topicWords = ({ topic }: Of<'record'>): string => topic ?? 'темы нет'

function homeworkWords({ text, minutes }: Of<'homework'>): string {
  if (text === null) return 'не задано'
  return minutes === null ? text : `${text}, ${minutes} мин`
}

function rollWords(page: LessonPage | null, code: string | null): string {
  if (code === null) return 'на уроке'
  const name = page?.codes.find((one) => one.code === code)?.name
  return name ? `«${code}», ${name.toLowerCase()}` : `«${code}»`
}

function markWords({ value, comment }: Of<'mark'>): string {
  if (value === null) return 'отметки нет'
  return comment ? `${value}, «${comment}»` : value
}
