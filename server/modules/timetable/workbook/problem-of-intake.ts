import { normConstraints } from '#domain/timetable/norms/constraints.ts'
import type { CardPart, NormCard, NormSetting } from '#domain/timetable/norms/setting.ts'
import {
  type Activity,
  emptyTimetable,
  NOWHERE,
  type PlacedTimetable,
  type TimetableProblem,
} from '#domain/timetable/problem.ts'
import type { CurriculumPart, IntakeData, TimetableSlotRecord } from '#modules/imports/index.ts'
import { appointmentsOf } from './appointments.ts'
import { type CourseCard, coursesOf } from './cards.ts'
import { conditionsOf, isFirstOfWeek, type Made } from './conditions.ts'
import { bellsOf, type Grid, gridOf, slotAt } from './grid.ts'
import { type Places, placesOf } from './places.ts'
import { type Students, studentsOf } from './students.ts'

/** An intake as something to compose, with the timetable its tables give and what norms need to know of it. */
export type IntakeProblem = {
  readonly problem: TimetableProblem
  /** The timetable of the tables; cards it does not have are `NOWHERE`. */
  readonly given: PlacedTimetable
  readonly setting: NormSetting
  readonly grid: Grid
  /** The course each activity is an hour of. */
  readonly courses: readonly CourseCard[]
}

/**
 * What is to be composed of an intake: a card for each weekly hour of a class or of its subgroups at once, teachers
 * with method days and meetings, children with procedures, rooms, and all norms as constraints. Corrective groups
 * gathered from several classes and clubs keep their own times, and whoever is there is away for the rest.
 */
export function problemOfIntake(data: IntakeData): IntakeProblem {
  const courses = coursesOf(data)
  const grid = gridOf(data)
  const students = studentsOf(data, courses)
  const places = placesOf(data, courses)
  const teacherOf = teachersOf(data, courses)
  const { activities, activitiesOf } = cardsOf({ data, courses, students, teacherOf })
  const bells = bellsOf(data, grid)
  const setting = settingOf({ data, grid, courses, activitiesOf, students, bells })
  const made: Made = {
    data,
    grid,
    bells,
    courses,
    activitiesOf,
    activities,
    students,
    places,
    teacherOf,
    setting,
  }
  const nameOf = new Map(data.staff.map(({ key, name }) => [key, name.full]))
  const base = {
    name: data.organizationName ?? '',
    days: grid.days,
    periods: grid.numbers.map(String),
    teachers: [...teacherOf.keys()].map((key) => ({ name: nameOf.get(key) ?? key })),
    atoms: students.atoms,
    studentSets: students.sets,
    subjects: data.subjects.map(({ name }) => name),
    tags: [],
    buildings: [],
    rooms: places.rooms,
    activities,
  }
  const problem = { ...base, constraints: [...conditionsOf(made), ...normConstraints(base, setting)] }
  const given = givenOf({ data, grid, courses, activitiesOf, places, problem })
  const courseOf = activitiesOf.flatMap((list, index) => list.map(() => courses[index] as CourseCard))
  return { problem, given, setting, grid, courses: courseOf }
}

function teachersOf({ staff }: IntakeData, courses: readonly CourseCard[]): Map<string, number> {
  const teaching = new Set(
    courses.flatMap(({ assignments }) => assignments.map(({ teacherKey }) => teacherKey)),
  )
  const keys = staff.map(({ key }) => key).filter((key) => teaching.has(key))
  return new Map(keys.map((key, index) => [key, index]))
}

type Cast = {
  data: IntakeData
  courses: readonly CourseCard[]
  students: Students
  teacherOf: ReadonlyMap<string, number>
}

function cardsOf({ data, courses, students, teacherOf }: Cast) {
  const activities: Activity[] = []
  const subjectOf = new Map(data.subjects.map(({ key }, index) => [key, index]))
  const activitiesOf = courses.map((course) => {
    const { classKey, subjectKey, subgroupKey, assignments, hours } = course
    const set = isLater(data, course)
      ? students.laterSetOf.get(classKey)
      : students.setOf.get(subgroupKey ?? classKey)
    const group = [classKey, subjectKey, subgroupKey ?? assignments[0]?.teacherKey].join('|')
    return Array.from({ length: hours }, (_, index) => {
      activities.push({
        id: `${group}|${index + 1}`,
        group,
        part: index + 1,
        subject: subjectOf.get(subjectKey) ?? 0,
        tags: [],
        teachers: assignments.map(({ teacherKey }) => teacherOf.get(teacherKey) ?? 0),
        students: [set ?? 0],
        length: 1,
        size: students.sets[set ?? 0]?.size ?? 0,
      })
      return activities.length - 1
    })
  })
  return { activities, activitiesOf }
}

const PART: Record<CurriculumPart, CardPart> = {
  mandatory: 'lesson',
  formed: 'lesson',
  extracurricular: 'extracurricular',
  corrective: 'corrective',
}

function isLater(data: IntakeData, course: CourseCard): boolean {
  return PART[course.part] !== 'lesson' && !isFirstOfWeek(data, course)
}

type Parts = Pick<Made, 'data' | 'grid' | 'courses' | 'activitiesOf' | 'students' | 'bells'>

function settingOf({ data, grid, courses, activitiesOf, students, bells }: Parts): NormSetting {
  const appointments = appointmentsOf(data, grid, bells)
  const classIndex = new Map(data.classes.map(({ key }, index) => [key, index]))
  const nameOf = new Map(data.subjects.map(({ key, name }) => [key, name]))
  const cards = courses.flatMap((course, index): NormCard[] =>
    (activitiesOf[index] ?? []).map((activity) => ({
      activity,
      class: classIndex.get(course.classKey) ?? 0,
      subject: nameOf.get(course.subjectKey) ?? course.subjectKey,
      part: PART[course.part],
      amongLessons: isFirstOfWeek(data, course),
    })),
  )
  const classes = data.classes.map(({ key, label, grades }) => {
    const children = data.students.filter(({ classKey }) => classKey === key)
    return {
      name: label,
      grades,
      adapted: children.length > 0 && children.every(({ programme }) => programme?.adapted === true),
      shift: 1 as const,
      atoms: students.sets[students.setOf.get(key) ?? -1]?.atoms ?? [],
      appointed: appointments.filter(({ child }) => child.classKey === key).flatMap(({ slots }) => slots),
    }
  })
  return {
    classes,
    cards,
    bells,
    month: data.intake === null ? null : Number(data.intake.startsOn.slice(5, 7)),
  }
}

type Given = {
  data: IntakeData
  grid: Grid
  courses: readonly CourseCard[]
  activitiesOf: readonly (readonly number[])[]
  places: Places
  problem: TimetableProblem
}

// Subgroups at once are placed where the first of them is, if the others are there too.
function givenOf({ data, grid, courses, activitiesOf, places, problem }: Given): PlacedTimetable {
  const timetable = emptyTimetable(problem)
  courses.forEach((course, index) => {
    givenSlots(data, course).forEach(({ weekday, period, roomKey }, hour) => {
      const activity = activitiesOf[index]?.[hour]
      const slot = slotAt(grid, weekday, period)
      if (activity === undefined || slot === null) return
      const own = course.assignments.length > 1 ? undefined : places.indexOf.get(roomKey ?? '')
      timetable.start[activity] = slot
      timetable.room[activity] = own ?? places.ofCourse[index]?.[0] ?? NOWHERE
    })
  })
  return timetable
}

function givenSlots({ timetable }: IntakeData, { assignments }: CourseCard): TimetableSlotRecord[] {
  const [slots = [], ...others] = assignments.map(({ key }) =>
    timetable.filter(({ assignmentKey }) => assignmentKey === key),
  )
  return slots.filter(({ weekday, period }) =>
    others.every((list) => list.some((one) => one.weekday === weekday && one.period === period)),
  )
}
