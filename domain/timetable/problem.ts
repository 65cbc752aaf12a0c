import type { Constraint } from './constraint.ts'

/**
 * What a timetable is composed of («задача расписания», 1.2): who, what, where and under which conditions.
 * Everything refers to everything else by its index in these lists. A slot is `day * periods.length + period`.
 */
export type TimetableProblem = {
  readonly name: string
  /** Names of the days, in order. */
  readonly days: readonly string[]
  /** Names of the lessons of a day, in order; at most `MAX_PERIODS`. */
  readonly periods: readonly string[]
  readonly teachers: readonly TimetableTeacher[]
  /** Sets of students nobody divides further («неделимая группа»): they are what cannot be in two places at once. */
  readonly atoms: readonly Atom[]
  readonly studentSets: readonly StudentSet[]
  readonly subjects: readonly string[]
  readonly tags: readonly string[]
  readonly buildings: readonly string[]
  readonly rooms: readonly TimetableRoom[]
  readonly activities: readonly Activity[]
  readonly constraints: readonly Constraint[]
}

/** A day is kept as the bits of one number. */
export const MAX_PERIODS = 30

export type TimetableTeacher = { readonly name: string }

/** Students who always go together; `set` is the smallest student set they are, for words about them. */
export type Atom = { readonly name: string; readonly set: number }

/** A class, a subgroup, a group gathered from several classes or a single child, as the atoms it consists of. */
export type StudentSet = { readonly name: string; readonly size: number; readonly atoms: readonly number[] }

/**
 * A place of teaching; `building` is an index or `null`. A room made of others is no place itself: each lesson in it
 * takes one of each of `parts`, all different, so several may be in it at once while real rooms go round.
 */
export type TimetableRoom = {
  readonly name: string
  readonly capacity: number
  readonly building: number | null
  readonly parts?: readonly (readonly number[])[]
}

/** Whether a room is made of others. */
export function isMade(room: TimetableRoom | undefined): boolean {
  return (room?.parts?.length ?? 0) > 0
}

/** Whether each lesson in the room takes `other`, however the room is made up. */
export function cannotDoWithout(room: TimetableRoom | undefined, other: number): boolean {
  return room?.parts?.some((part) => part.length === 1 && part[0] === other) ?? false
}

/** One card to be put into the grid («карточка»): a lesson of the week, of `length` lessons in a row. */
export type Activity = {
  /** As the file names it; unique. */
  readonly id: string
  /** Cards of one subject and set of students belong together; `null` stands alone. `part` counts from 1. */
  readonly group: string | null
  readonly part: number
  readonly subject: number
  readonly tags: readonly number[]
  readonly teachers: readonly number[]
  /** Student sets, by index. */
  readonly students: readonly number[]
  readonly length: number
  /** Students who come, for the capacity of rooms. */
  readonly size: number
}

/** A timetable, complete or not: slot and room of each activity, `NOWHERE` where it has none. */
export type PlacedTimetable = { readonly start: Int32Array; readonly room: Int32Array }

/** The slot of a card that is not placed, and the room of one that has no room. */
export const NOWHERE = -1

/** Atoms of all students of an activity, each once, ascending. */
export function atomsOf(problem: TimetableProblem, activity: Activity): number[] {
  const atoms = new Set(activity.students.flatMap((set) => problem.studentSets[set]?.atoms ?? []))
  return [...atoms].sort((a, b) => a - b)
}

/** An empty timetable of the problem. */
export function emptyTimetable(problem: TimetableProblem): PlacedTimetable {
  const count = problem.activities.length
  return { start: new Int32Array(count).fill(NOWHERE), room: new Int32Array(count).fill(NOWHERE) }
}
