import type { NormBell } from '#domain/timetable/norms/setting.ts'
import type { IntakeData, StudentRecord, WeeklyTime } from '#modules/imports/index.ts'
import { bellsOfClass, type Grid, slotsDuring } from './grid.ts'

/** A group that keeps its own weekly times: a corrective one of several classes or of a club. */
export type Meeting = {
  readonly name: string
  readonly teacherKey: string
  readonly slots: readonly WeeklyTime[]
  readonly memberKeys: readonly string[]
}

/** When a child is somewhere else, in slots of the grid by the bells of the class. */
export type Appointment = { readonly child: StudentRecord; readonly what: string; readonly slots: number[] }

export function meetingsOf({ correctiveGroups, activityGroups }: IntakeData): Meeting[] {
  return [
    ...correctiveGroups.map((one) => ({ ...one, teacherKey: one.specialistKey })),
    ...activityGroups.map((one) => ({ ...one, name: `${one.activity}, ${one.name}` })),
  ]
}

/**
 * Appointments of children that no lesson may be missed for. A procedure that names the lesson it takes is not among
 * them: the class has its lesson, and the child is not there.
 */
export function appointmentsOf(data: IntakeData, grid: Grid, bells: readonly NormBell[]): Appointment[] {
  const childOf = new Map(data.students.map((child) => [child.key, child]))
  return timesOf(data).flatMap(({ studentKey, what, times }) => {
    const child = childOf.get(studentKey)
    const klass = data.classes.find(({ key }) => key === child?.classKey)
    if (child === undefined || klass === undefined) return []
    const own = bellsOfClass(bells, klass)
    const slots = times.flatMap((time) => slotsDuring(grid, own, time))
    return slots.length === 0 ? [] : [{ child, what, slots }]
  })
}

type Times = Pick<WeeklyTime, 'weekday' | 'startsAt' | 'endsAt'>[]

function timesOf(data: IntakeData): { studentKey: string; what: string; times: Times }[] {
  const procedures = data.procedures
    .filter(({ missedSubjectKey }) => missedSubjectKey === null)
    .map(({ studentKey, name, weekdays, startsAt, endsAt }) => ({
      studentKey,
      what: name,
      times: weekdays.map((weekday) => ({ weekday, startsAt, endsAt })),
    }))
  const meetings = meetingsOf(data).flatMap(({ name, memberKeys, slots }) =>
    memberKeys.map((studentKey) => ({ studentKey, what: name, times: [...slots] })),
  )
  return [...procedures, ...meetings]
}
