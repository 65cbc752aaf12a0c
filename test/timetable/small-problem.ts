import type { Constraint } from '#domain/timetable/constraint.ts'
import {
  type Activity,
  NOWHERE,
  type PlacedTimetable,
  type TimetableProblem,
} from '#domain/timetable/problem.ts'

/** What differs from one lesson of nobody. */
export type SmallCard = Partial<Pick<Activity, 'teachers' | 'students' | 'length' | 'size'>>

/** Two days of four lessons (slots 0–3 and 4–7), three teachers, three classes, four rooms in two buildings. */
export function smallProblem(
  cards: readonly SmallCard[],
  constraints: readonly Constraint[],
  more: Partial<TimetableProblem> = {},
): TimetableProblem {
  return {
    name: 'small',
    days: ['понедельник', 'вторник'],
    periods: ['1', '2', '3', '4'],
    teachers: ['Иванова', 'Петров', 'Сидорова'].map((name) => ({ name })),
    atoms: ['5А', '5Б', '6А'].map((name, set) => ({ name, set })),
    studentSets: ['5А', '5Б', '6А'].map((name, atom) => ({ name, size: 20, atoms: [atom] })),
    subjects: ['труд'],
    tags: [],
    buildings: ['старое', 'новое'],
    rooms: [
      { name: '101', capacity: 30, building: 0 },
      { name: '102', capacity: 30, building: 0 },
      { name: '201', capacity: 30, building: 1 },
      { name: '202', capacity: 10, building: null },
    ],
    activities: cards.map((card, index) => ({
      id: `${index + 1}`,
      group: null,
      part: 1,
      subject: 0,
      tags: [],
      teachers: [],
      students: [],
      length: 1,
      size: 20,
      ...card,
    })),
    constraints,
    ...more,
  }
}

/** A timetable by starts and, where there are rooms, rooms; what is left out has none. */
export function timetableOf(
  { activities }: TimetableProblem,
  start: readonly number[],
  room: readonly number[] = [],
): PlacedTimetable {
  return {
    start: Int32Array.from(activities, (_, index) => start[index] ?? NOWHERE),
    room: Int32Array.from(activities, (_, index) => room[index] ?? NOWHERE),
  }
}
