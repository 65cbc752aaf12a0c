import type { BrokenPlace } from '../constraint.ts'
import type { TimetableProblem } from '../problem.ts'

/** What a card is called: its subject and who comes, «математика, 5А». */
export function cardText(problem: TimetableProblem, activity: number): string {
  const card = problem.activities[activity]
  if (!card) return 'неизвестная карточка'
  const students = card.students.map((set) => problem.studentSets[set]?.name ?? '?')
  const who = students.length > 0 ? students : card.teachers.map((one) => problem.teachers[one]?.name ?? '?')
  const subject = problem.subjects[card.subject] ?? 'занятие'
  // A number is what people look a card up by; other names are keys for programs.
  const number = /^\d+$/.test(card.id) ? ` (№ ${card.id})` : ''
  return `«${[subject, ...who].join(', ')}»${number}`
}

/** Several cards; of many only the first are named. */
export function cardsText(problem: TimetableProblem, activities: readonly number[], most = 4): string {
  const named = activities.slice(0, most).map((activity) => cardText(problem, activity))
  const rest = activities.length - named.length
  return named.join(', ') + (rest > 0 ? ` и ещё ${rest}` : '')
}

/** A place in the grid: its day and lesson. */
export function slotText(problem: TimetableProblem, slot: number): string {
  const periods = problem.periods.length
  const period = problem.periods[slot % periods] ?? '?'
  const lesson = /^\d+$/.test(period) ? `${period}-й урок` : period
  return `${dayText(problem, slot)}, ${lesson}`
}

/** The day of a place in the grid. */
export function dayText(problem: TimetableProblem, slot: number): string {
  return problem.days[Math.floor(slot / problem.periods.length)] ?? '?'
}

/** Several places in the grid; of many only the first are named. */
export function slotsText(problem: TimetableProblem, slots: readonly number[], most = 4): string {
  const named = slots.slice(0, most).map((slot) => slotText(problem, slot))
  const rest = slots.length - named.length
  return named.join('; ') + (rest > 0 ? ` и ещё ${rest}` : '')
}

/** A teacher or students, as a beginning of a sentence. */
export function personText(
  problem: TimetableProblem,
  { teacher, atom }: Pick<BrokenPlace, 'teacher' | 'atom'>,
): string {
  if (teacher !== undefined) return `Учитель ${problem.teachers[teacher]?.name ?? '?'}`
  if (atom !== undefined) return `Учащиеся ${problem.atoms[atom]?.name ?? '?'}`
  return 'Расписание'
}

/** A room, quoted. */
export function roomText(problem: TimetableProblem, room: number | undefined): string {
  return room === undefined ? 'без кабинета' : `кабинет «${problem.rooms[room]?.name ?? '?'}»`
}

/** Several rooms; of many only the first are named. */
export function roomsText(problem: TimetableProblem, rooms: readonly number[]): string {
  const named = rooms.slice(0, 4).map((room) => `«${problem.rooms[room]?.name ?? '?'}»`)
  return named.join(', ') + (rooms.length > 4 ? ` и ещё ${rooms.length - 4}` : '')
}

/** «не больше 3», «не меньше 2» or both. */
export function limitsText(limits: { readonly atMost?: number; readonly atLeast?: number }): string {
  const { atMost, atLeast } = limits
  const words = [
    ...(atMost === undefined ? [] : [`не больше ${atMost}`]),
    ...(atLeast === undefined ? [] : [`не меньше ${atLeast}`]),
  ]
  return words.join(' и ')
}
