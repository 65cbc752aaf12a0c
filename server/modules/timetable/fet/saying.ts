import type { People } from '#domain/timetable/constraint.ts'
import type { TimetableProblem } from '#domain/timetable/problem.ts'
import { element, textElement } from './markup.ts'
import type { WrittenNames } from './written-names.ts'

/** A constraint of FET without its weight; `onlyHard` when FET has it at 100 % only. */
export type Said = {
  readonly type: string
  readonly inside: string
  readonly space?: true
  readonly onlyHard?: true
}

/** What is needed to say a constraint in FET's words. */
export type Saying = {
  readonly problem: TimetableProblem
  readonly names: WrittenNames
  /** The tag that just these activities have. */
  readonly tagOf: (activities: readonly number[]) => string
}

export const times = (
  { names }: Saying,
  slots: readonly number[],
  [element1, day, hour, count]: readonly [string, string, string, string],
): string => {
  const { days, periods } = names
  const listed = slots.map((slot) =>
    element(
      element1,
      textElement(day, days[Math.floor(slot / periods.length)] ?? ''),
      textElement(hour, periods[slot % periods.length] ?? ''),
    ),
  )
  return textElement(count, slots.length) + listed.join('')
}

export const AWAY = ['Not_Available_Time', 'Day', 'Hour', 'Number_of_Not_Available_Times'] as const
export const BREAK = ['Break_Time', 'Day', 'Hour', 'Number_of_Break_Times'] as const
export const SELECTED = [
  'Selected_Time_Slot',
  'Selected_Day',
  'Selected_Hour',
  'Number_of_Selected_Time_Slots',
] as const
export const STARTS = [
  ...(['Preferred_Starting_Time', 'Preferred_Starting_Day', 'Preferred_Starting_Hour'] as const),
  'Number_of_Preferred_Starting_Times',
] as const
export const SLOTS = [
  'Preferred_Time_Slot',
  'Preferred_Day',
  'Preferred_Hour',
  'Number_of_Preferred_Time_Slots',
] as const

export const ids = ({ names }: Saying, activities: readonly number[]) =>
  textElement('Number_of_Activities', activities.length) +
  activities.map((index) => textElement('Activity_Id', names.ids[index] ?? 0)).join('')

export const each = (
  saying: Saying,
  activities: readonly number[],
  type: string,
  inside: string,
  space?: true,
): Said[] =>
  activities.map((index) => ({
    type,
    inside: textElement('Activity_Id', saying.names.ids[index] ?? 0) + inside,
    ...(space && { space }),
  }))

/** Everybody at once where all are meant, else each by name. */
export function forPeople({ problem, names }: Saying, { teachers, atoms }: People, said: Said): Said[] {
  const all = (list: readonly number[], of: readonly unknown[]) => of.length > 0 && list.length === of.length
  const one = (prefix: string, inside: string): Said => ({
    ...said,
    type: prefix + said.type,
    inside: inside + said.inside,
  })
  const named = teachers.map((index) => names.teachers[index] ?? '')
  return [
    ...(all(teachers, problem.teachers)
      ? [one('Teachers', '')]
      : named.map((name) =>
          one('Teacher', textElement('Teacher_Name', name) + textElement('Teacher', name)),
        )),
    ...(all(atoms, problem.atoms)
      ? [one('Students', '')]
      : atoms.map((atom) => one('StudentsSet', textElement('Students', names.atoms[atom] ?? '')))),
  ]
}

export const limit = (
  element1: string,
  units: number | undefined,
  type: string,
): { type: string; inside: string }[] =>
  units === undefined ? [] : [{ type, inside: textElement(element1, units) }]

export function tagged(saying: Saying, only: readonly number[] | undefined): { prefix: string; tag: string } {
  if (!only) return { prefix: '', tag: '' }
  const tag = saying.tagOf(only)
  return {
    prefix: 'ActivityTag',
    tag: textElement('Activity_Tag_Name', tag) + textElement('Activity_Tag', tag),
  }
}

export const roomsIn = (
  saying: Saying,
  { activities, rooms }: { readonly activities: readonly number[]; readonly rooms: readonly number[] },
): Said[] => {
  const listed = rooms.map((room) => textElement('Preferred_Room', saying.names.rooms[room] ?? '')).join('')
  const inside = textElement('Number_of_Preferred_Rooms', rooms.length) + listed
  return each(saying, activities, 'ActivityPreferredRooms', inside, true)
}

export const pairOf = ({ names }: Saying, { first, second }: { first: number; second: number }) =>
  textElement('First_Activity_Id', names.ids[first] ?? 0) +
  textElement('Second_Activity_Id', names.ids[second] ?? 0)

export const listed =
  (type: string) =>
  ({ activities }: { readonly activities: readonly number[] }, saying: Saying): Said[] => [
    { type, inside: ids(saying, activities) },
  ]
