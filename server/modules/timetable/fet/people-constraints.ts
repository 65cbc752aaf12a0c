import { HARD, type People } from '#domain/timetable/constraint.ts'
import type { Bare, FetConstraint } from './fet-constraint.ts'
import type { Mapper } from './time-constraints.ts'

/** The condition itself, whoever it is about; null where it says nothing. */
type Condition = (constraint: FetConstraint, people: People) => Bare | null

const WHO: [prefix: string, who: (constraint: FetConstraint) => People][] = [
  ['Teacher', (constraint) => constraint.teacher()],
  ['Teachers', (constraint) => constraint.everybody('teachers')],
  ['StudentsSet', (constraint) => constraint.studentSet()],
  ['Students', (constraint) => constraint.everybody('students')],
]

const gaps = (per: 'day' | 'week'): Condition => {
  return (constraint, people) => ({ kind: 'gaps', people, per, atMost: constraint.number('Max_Gaps') })
}

const changes = (per: 'day' | 'week', element: string): Condition => {
  return (constraint, people) => ({
    ...{ kind: 'building-changes', people, per },
    atMost: constraint.number(element),
  })
}

/** FET counts a wish for shorter days by days and one for shorter runs by runs, however far they are over. */
const wished = (constraint: FetConstraint) => (constraint.weight < HARD ? { once: true } : {})

const hoursAtMost: Condition = (constraint, people) => ({
  ...{ kind: 'hours', people, ...wished(constraint) },
  atMost: constraint.number('Maximum_Hours_Daily'),
})

/** A teacher's empty day is none of his days; students are to come every day unless the file lets them stay away. */
const hoursAtLeast: Condition = (constraint, people) => ({
  ...{ kind: 'hours', people },
  atLeast: constraint.number('Minimum_Hours_Daily'),
  emptyDaysToo: !constraint.flag('Allow_Empty_Days', constraint.type.startsWith('Teacher')),
})

const lateStarts: Condition = (constraint, people) => ({
  ...{ kind: 'late-starts', people },
  atMost: constraint.number('Max_Beginnings_At_Second_Hour'),
})

/** The hour an interval ends at is the first after it; none is the end of the day. */
const intervalDays: Condition = (constraint, people) => {
  const { periods, problem } = constraint.scope
  const from = constraint.named(periods, 'Interval_Start_Hour')
  const end = constraint.perhaps(periods, 'Interval_End_Hour')
  if (from === null || end === null) return null
  const to = (end ?? problem.periods.length) - 1
  return { kind: 'interval-days', people, from, to, atMost: constraint.number('Max_Days_Per_Week') }
}

const span: Condition = (constraint, people) => ({
  ...{ kind: 'span', people },
  atMost: constraint.number('Max_Span'),
})

const rest: Condition = (constraint, people) => ({
  ...{ kind: 'rest', people },
  atLeast: constraint.number('Minimum_Resting_Hours'),
})

/** By the end of a type, after «Teacher», «Teachers», «StudentsSet» or «Students». */
const CONDITIONS: Record<string, Condition> = {
  MaxGapsPerDay: gaps('day'),
  MaxGapsPerWeek: gaps('week'),
  MaxHoursDaily: hoursAtMost,
  MinHoursDaily: hoursAtLeast,
  MaxHoursContinuously: (constraint, people) => ({
    ...{ kind: 'running', people, ...wished(constraint) },
    atMost: constraint.number('Maximum_Hours_Continuously'),
  }),
  ActivityTagMaxHoursDaily: (constraint, people) => ({
    ...{ kind: 'hours', people, only: constraint.tagged(), ...wished(constraint) },
    atMost: constraint.number('Maximum_Hours_Daily'),
  }),
  ActivityTagMinHoursDaily: (constraint, people) => ({
    ...{ kind: 'hours', people, only: constraint.tagged() },
    atLeast: constraint.number('Minimum_Hours_Daily'),
    emptyDaysToo: !constraint.flag('Allow_Empty_Days', true),
  }),
  ActivityTagMaxHoursContinuously: (constraint, people) => ({
    ...{ kind: 'running', people, only: constraint.tagged(), ...wished(constraint) },
    atMost: constraint.number('Maximum_Hours_Continuously'),
  }),
  MaxDaysPerWeek: (constraint, people) => ({
    ...{ kind: 'days', people },
    atMost: constraint.number('Max_Days_Per_Week'),
  }),
  MinDaysPerWeek: (constraint, people) => ({
    ...{ kind: 'days', people },
    atLeast: constraint.number('Minimum_Days_Per_Week'),
  }),
  EarlyMaxBeginningsAtSecondHour: lateStarts,
  IntervalMaxDaysPerWeek: intervalDays,
  MaxSpanPerDay: span,
  MinRestingHours: rest,
  MinGapsBetweenOrderedPairOfActivityTags: (constraint, people) => ({
    ...{ kind: 'gap-after', people },
    before: constraint.tagged(['First_Activity_Tag']),
    after: constraint.tagged(['Second_Activity_Tag']),
    periods: constraint.number('MinGaps'),
  }),
  NotAvailableTimes: (constraint, people) => ({
    ...{ kind: 'away', people },
    slots: constraint.slots('Not_Available_Time'),
  }),
  MaxBuildingChangesPerDay: changes('day', 'Max_Building_Changes_Per_Day'),
  MaxBuildingChangesPerWeek: changes('week', 'Max_Building_Changes_Per_Week'),
  MinGapsBetweenBuildingChanges: (constraint, people) => ({
    ...{ kind: 'building-gap', people },
    atLeast: constraint.number('Min_Gaps_Between_Building_Changes'),
  }),
}

/** What the other people of FET have no constraint for. */
const NEVER = /^Teachers?EarlyMax|^Students(Set)?MinDaysPerWeek/

/** Constraints of FET about people's days, by their types. */
export const PEOPLE_CONSTRAINTS: Record<string, Mapper> = Object.fromEntries(
  Object.entries(CONDITIONS).flatMap(([end, condition]) =>
    WHO.filter(([start]) => !NEVER.test(start + end)).map(([start, who]): [string, Mapper] => [
      `${start}${end}`,
      (constraint) => {
        const people = who(constraint)
        return people.teachers.length + people.atoms.length > 0 ? condition(constraint, people) : null
      },
    ]),
  ),
)
