import type { AttendanceCode, GradebookLesson, GradebookWork } from '#contract/gradebook.ts'
import { dayMonth, decimal, weekday } from '#web/formats.ts'
import { refusalText } from '#web/refusals.ts'
import type { ClosedReason, GridModel, Position } from './grid-model.ts'
import type { Content, Slot } from './slots.ts'

export const closedWords: Record<ClosedReason, string> = {
  'not-arrived': 'закрыто: ребёнок ещё не прибыл',
  left: 'закрыто: ребёнок уже убыл',
  'lesson-ahead': 'закрыто: урок ещё не прошёл',
  'window-closed': 'закрыто: срок записи прошёл',
  'read-only': 'только для чтения',
}

/** «12 ноября, 3-й урок, контрольная работа» */
export function columnWords({ columns }: GridModel, column: number): string {
  const place = columns[column]
  if (!place) return ''
  const work = place.work ? workWords(place.work) : null
  return [lessonWords(place.lesson), work].filter(Boolean).join(', ')
}

export function lessonWords({ day, period }: GradebookLesson): string {
  return [dayMonth(day), period === null ? null : `${period}-й урок`].filter(Boolean).join(', ')
}

export function workWords({ name, title }: GradebookWork): string {
  return title && title.toLowerCase() !== name.toLowerCase() ? `${lower(name)} «${title}»` : lower(name)
}

export function weightWords({ weight }: GradebookWork): string {
  return weight === 0 ? 'не входит в средний балл' : `вес ${decimal(weight)}`
}

/** «вт, 12 ноября» for the lists where a lesson is chosen. */
export function lessonChoice({ day, period }: GradebookLesson): string {
  return [`${weekday(day)}, ${dayMonth(day)}`, period === null ? null : `${period}-й урок`]
    .filter(Boolean)
    .join(', ')
}

export type CellContent = { mark: Slot | null; attendance: Slot | null; closed: ClosedReason | null }

/** The whole cell in one sentence: child, date, work, value, state. */
export function cellWords(model: GridModel, position: Position, parts: CellSpoken): string {
  const name = model.names[position.row]
  return [name, columnWords(model, position.column), ...parts].filter(Boolean).join(', ')
}

type CellSpoken = (string | null)[]

/** What is said of the values of a cell and what is happening to them. */
export function contentWords(
  mark: Content,
  attendance: Content,
  codes: readonly AttendanceCode[],
): (string | null)[] {
  const code = attendance.value === null ? null : codeWords(attendance.value, codes)
  return [
    mark.value === null ? null : `отметка ${mark.value}`,
    code,
    mark.value === null && code === null ? 'пусто' : null,
    mark.comment ? `комментарий: ${mark.comment}` : null,
  ]
}

export function codeWords(value: string, codes: readonly AttendanceCode[]): string {
  return lower(codes.find(({ code }) => code === value)?.name ?? value)
}

/** What is happening to a record, for those who cannot see its colour. */
export function stateWords({ sent, trouble, held }: Slot): string | null {
  if (trouble?.kind === 'conflict') {
    return `спор: у вас ${valueWords(trouble)}, у другого человека ${valueWords(trouble.theirs)}`
  }
  if (trouble) return `не сохранено: ${refusalText(trouble.problem)}`
  if (sent) return 'сохраняется'
  return held.value === null ? null : 'сохранено'
}

export function valueWords({ value }: Content): string {
  return value ?? 'пусто'
}

function lower(text: string): string {
  // «КР» stays as it is, «Контрольная работа» becomes part of a sentence.
  return text.charAt(1) === text.charAt(1).toUpperCase() ? text : text.charAt(0).toLowerCase() + text.slice(1)
}
