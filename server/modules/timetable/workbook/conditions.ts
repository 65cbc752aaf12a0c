import { type Constraint, HARD } from '#domain/timetable/constraint.ts'
import type { NormBell, NormSetting } from '#domain/timetable/norms/setting.ts'
import type { TimetableProblem } from '#domain/timetable/problem.ts'
import { weightOf } from '#domain/timetable/weight.ts'
import type { IntakeData } from '#modules/imports/index.ts'
import { appointmentsOf, meetingsOf } from './appointments.ts'
import type { CourseCard } from './cards.ts'
import { type Grid, slotAt, slotsDuring } from './grid.ts'
import type { Places } from './places.ts'
import type { Students } from './students.ts'
import { FIRST_OF_WEEK, SOURCE } from './workbook.words.ts'

/** What conditions are made of: the intake, its grid, and the activities of each course in the order of the courses. */
export type Made = {
  readonly data: IntakeData
  readonly grid: Grid
  readonly bells: readonly NormBell[]
  readonly courses: readonly CourseCard[]
  readonly activitiesOf: readonly (readonly number[])[]
  readonly activities: TimetableProblem['activities']
  readonly students: Students
  readonly places: Places
  readonly teacherOf: ReadonlyMap<string, number>
  readonly setting: NormSetting
}

/** Conditions of the centre itself, norms aside: who is away when, where lessons are, and wishes with their weight. */
export function conditionsOf(made: Made): Constraint[] {
  return [
    ...roomConditions(made),
    ...teachersAway(made),
    ...childrenAway(made),
    ...roomsAway(made),
    ...firstOfWeek(made),
    ...spread(made),
    ...missedLessons(made),
    ...windows(made),
  ]
}

/** Whether a course is the hour every week begins with. */
export function isFirstOfWeek({ subjects }: IntakeData, { subjectKey }: CourseCard): boolean {
  return FIRST_OF_WEEK.test(subjects.find(({ key }) => key === subjectKey)?.name ?? '')
}

function roomConditions({ places, activitiesOf }: Made): Constraint[] {
  return places.ofCourse.flatMap((rooms, course) => {
    const activities = activitiesOf[course] ?? []
    if (rooms.length === 0 || activities.length === 0) return []
    return [{ kind: 'rooms', rooms, activities, weight: HARD, source: SOURCE.room } as const]
  })
}

function teachersAway({ data, grid, bells, teacherOf }: Made): Constraint[] {
  const away = (teacherKey: string, slots: number[], source: string): Constraint[] => {
    const teacher = teacherOf.get(teacherKey)
    if (teacher === undefined || slots.length === 0) return []
    return [{ kind: 'away', people: { teachers: [teacher], atoms: [] }, slots, weight: HARD, source }]
  }
  const methodDays = data.staff.flatMap(({ key, name, methodDay }) => {
    if (methodDay === null || methodDay > grid.days.length) return []
    const slots = grid.numbers.map((_, period) => (methodDay - 1) * grid.numbers.length + period)
    return away(key, slots, SOURCE.methodDay(name.full))
  })
  const meetings = meetingsOf(data).flatMap(({ name, teacherKey, slots }) =>
    away(
      teacherKey,
      slots.flatMap((slot) => slotsDuring(grid, bells, slot)),
      name,
    ),
  )
  return [...methodDays, ...meetings]
}

function childrenAway({ data, grid, bells, students }: Made): Constraint[] {
  return appointmentsOf(data, grid, bells).map(({ child, what, slots }) => {
    const source = SOURCE.child(child.name.full, what)
    const people = { teachers: [], atoms: atomsOfChild(data, students, child.key, child.classKey) }
    return { kind: 'away', people, slots, weight: HARD, source }
  })
}

function atomsOfChild(data: IntakeData, students: Students, childKey: string, classKey: string): number[] {
  const { sets, setOf, laterSetOf } = students
  const atomsIn = (set: number | undefined) => sets[set ?? -1]?.atoms ?? []
  const whole = atomsIn(setOf.get(classKey))
  const own = data.subgroups
    .filter(({ key, memberKeys }) => setOf.has(key) && memberKeys.includes(childKey))
    .map(({ key }) => atomsIn(setOf.get(key)))
  const inAll = whole.filter((atom) => own.every((atoms) => atoms.includes(atom)))
  return [...inAll, ...atomsIn(laterSetOf.get(classKey))]
}

function roomsAway({ data, grid, bells, places }: Made): Constraint[] {
  return meetingsOf(data).flatMap(({ name, slots: times }) =>
    times.flatMap((time) => {
      const room = places.indexOf.get(time.roomKey ?? '')
      const slots = slotsDuring(grid, bells, time)
      if (room === undefined || slots.length === 0) return []
      return [{ kind: 'room-away', room, slots, weight: HARD, source: name } as const]
    }),
  )
}

function firstOfWeek({ data, grid, courses, activitiesOf }: Made): Constraint[] {
  const slot = slotAt(grid, 1, 1)
  const activities = courses.flatMap((course, index) =>
    isFirstOfWeek(data, course) ? (activitiesOf[index] ?? []) : [],
  )
  if (slot === null || activities.length === 0) return []
  return [{ kind: 'starts', activities, slots: [slot], weight: HARD, source: SOURCE.firstOfWeek }]
}

function spread({ grid, activitiesOf }: Made): Constraint[] {
  return activitiesOf.flatMap((activities) => {
    if (activities.length < 2 || activities.length > grid.days.length) return []
    const wish = { weight: weightOf('much'), source: SOURCE.spread }
    return [{ kind: 'days-apart', activities, days: 1, adjacent: false, ...wish } as const]
  })
}

// What a child misses for a procedure was agreed upon: the same subject stays there.
function missedLessons({ data, grid, courses, activitiesOf }: Made): Constraint[] {
  return data.procedures.flatMap(({ studentKey, weekdays, period, missedSubjectKey }) => {
    const child = data.students.find(({ key }) => key === studentKey)
    const activities = courses.flatMap(({ classKey, subjectKey }, index) =>
      classKey === child?.classKey && subjectKey === missedSubjectKey ? (activitiesOf[index] ?? []) : [],
    )
    if (child === undefined || period === null || activities.length === 0) return []
    const subject = data.subjects.find(({ key }) => key === missedSubjectKey)?.name ?? ''
    const wish = { weight: weightOf('much'), source: SOURCE.missed(child.name.full, subject) }
    return weekdays.flatMap((weekday) => {
      const slot = slotAt(grid, weekday, period)
      return slot === null
        ? []
        : [{ kind: 'slots-taken', activities, slots: [slot], atLeast: 1, ...wish } as const]
    })
  })
}

function windows({ teacherOf, students }: Made): Constraint[] {
  const teachers = [...teacherOf.values()]
  const later = [...students.laterSetOf.values()].flatMap((set) => students.sets[set]?.atoms ?? [])
  const none = { kind: 'gaps', per: 'week', atMost: 0, weight: weightOf('matters') } as const
  return [
    { ...none, people: { teachers, atoms: [] }, source: SOURCE.windows },
    { ...none, people: { teachers: [], atoms: later }, source: SOURCE.laterWindows },
  ]
}
