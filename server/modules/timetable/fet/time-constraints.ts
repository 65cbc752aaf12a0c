import type { Bare, FetConstraint } from './fet-constraint.ts'

/** What a constraint of FET says in constraints of ours; null where it says nothing to active activities. */
export type Mapper = (constraint: FetConstraint) => Bare | null

type SlotsKind = 'starts' | 'slots'
type AllKind = 'same-start' | 'same-day' | 'same-period' | 'not-overlapping'

const STARTS = ['Preferred_Starting_Time', 'Preferred_Time']
const SLOTS = ['Preferred_Time_Slot', 'Preferred_Time']

function some(activities: readonly number[], bare: (activities: readonly number[]) => Bare): Bare | null {
  return activities.length > 0 ? bare(activities) : null
}

function several(constraint: FetConstraint, bare: (activities: readonly number[]) => Bare): Bare | null {
  const activities = constraint.activityList()
  return activities.length > 1 ? bare(activities) : null
}

const inSlots = (
  kind: SlotsKind,
  elements: string[],
  of: (constraint: FetConstraint) => number[],
): Mapper => {
  return (constraint) => {
    const slots = constraint.slots(...elements)
    return some(of(constraint), (activities) => ({ kind, activities, slots }))
  }
}

const one = (constraint: FetConstraint) => [constraint.activity() ?? []].flat()

/** Activities whose number among the parts of a divided one is asked for. */
function parts(constraint: FetConstraint): number[] {
  const part = constraint.number('Component_Number', { least: 1, most: 1000 })
  return constraint.matching().filter((index) => constraint.scope.problem.activities[index]?.part === part)
}

/** A day, an hour or both; what is not said may be any. */
const startsAt: Mapper = (constraint) => {
  const { scope } = constraint
  const activity = constraint.activity()
  const day = constraint.perhaps(scope.days, 'Preferred_Day', 'Day')
  const period = constraint.perhaps(scope.periods, 'Preferred_Hour', 'Hour')
  if (activity === null || day === null || period === null) return null
  const days = day === undefined ? scope.problem.days.map((_, index) => index) : [day]
  const periods = period === undefined ? scope.problem.periods.map((_, index) => index) : [period]
  const slots = days.flatMap((each) => periods.map((hour) => constraint.slot(each, hour)))
  return { kind: 'starts', activities: [activity], slots }
}

const all = (kind: AllKind): Mapper => {
  return (constraint) => several(constraint, (activities) => ({ kind, activities }))
}

const pair = (bare: (first: number, second: number) => Bare): Mapper => {
  return (constraint) => {
    const first = constraint.activity('First_Activity_Id')
    const second = constraint.activity('Second_Activity_Id')
    return first === null || second === null || first === second ? null : bare(first, second)
  }
}

const grouped = (...elements: string[]): Mapper => {
  return (constraint) => {
    const found = elements.map((element) => constraint.activity(element))
    const activities = found.filter((index) => index !== null)
    return activities.length === elements.length ? { kind: 'grouped', activities } : null
  }
}

const simultaneous = (limit: 'atMost' | 'atLeast', element: string): Mapper => {
  return (constraint) => {
    const slots = constraint.slots('Selected_Time_Slot')
    const units = { [limit]: constraint.number(element) }
    return some(constraint.activityList(), (activities) => ({
      ...{ kind: 'simultaneous', activities, slots },
      ...units,
    }))
  }
}

const slotsTaken = (limit: 'atMost' | 'atLeast', element: string): Mapper => {
  return (constraint) => {
    const slots = constraint.slots('Selected_Time_Slot')
    const units = { [limit]: constraint.number(element) }
    return some(constraint.activityList(), (activities) => ({
      ...{ kind: 'slots-taken', activities, slots },
      ...units,
    }))
  }
}

/** Constraints of FET about when activities are, by their types. */
export const TIME_CONSTRAINTS: Record<string, Mapper> = {
  ActivityPreferredStartingTime: startsAt,
  ActivityPreferredTime: startsAt,
  ActivityPreferredStartingTimes: inSlots('starts', STARTS, one),
  ActivityPreferredTimes: inSlots('starts', STARTS, one),
  ActivitiesPreferredStartingTimes: inSlots('starts', STARTS, (constraint) => constraint.matching()),
  ActivitiesPreferredTimes: inSlots('starts', STARTS, (constraint) => constraint.matching()),
  SubactivitiesPreferredStartingTimes: inSlots('starts', STARTS, parts),
  ActivityPreferredTimeSlots: inSlots('slots', SLOTS, one),
  ActivitiesPreferredTimeSlots: inSlots('slots', SLOTS, (constraint) => constraint.matching()),
  SubactivitiesPreferredTimeSlots: inSlots('slots', SLOTS, parts),
  MinDaysBetweenActivities: (constraint) => {
    const days = constraint.number('MinDays', { least: 1, most: 365 })
    const adjacent = ['Consecutive_If_Same_Day', 'Adjacent_If_Broken'].some((name) =>
      constraint.flag(name, false),
    )
    return several(constraint, (activities) => ({ kind: 'days-apart', activities, days, adjacent }))
  },
  MaxDaysBetweenActivities: (constraint) => {
    const days = constraint.number('MaxDays', { least: 0, most: 365 })
    return several(constraint, (activities) => ({ kind: 'days-within', activities, days }))
  },
  MinGapsBetweenActivities: (constraint) => {
    const periods = constraint.number('MinGaps')
    return several(constraint, (activities) => ({ kind: 'gap-between', activities, periods }))
  },
  ActivitiesSameStartingTime: all('same-start'),
  ActivitiesSameStartingDay: all('same-day'),
  ActivitiesSameStartingHour: all('same-period'),
  ActivitiesNotOverlapping: all('not-overlapping'),
  TwoActivitiesConsecutive: pair((first, second) => ({ kind: 'consecutive', first, second })),
  TwoActivitiesOrdered: pair((first, second) => ({ kind: 'ordered', first, second, sameDay: false })),
  TwoActivitiesOrderedIfSameDay: pair((first, second) => ({ kind: 'ordered', first, second, sameDay: true })),
  TwoActivitiesGrouped: grouped('First_Activity_Id', 'Second_Activity_Id'),
  ThreeActivitiesGrouped: grouped('First_Activity_Id', 'Second_Activity_Id', 'Third_Activity_Id'),
  ActivityEndsStudentsDay: (constraint) =>
    some(one(constraint), (activities) => ({ kind: 'ends-day', activities })),
  ActivitiesEndStudentsDay: (constraint) =>
    some(constraint.matching(), (activities) => ({ kind: 'ends-day', activities })),
  ActivitiesOccupyMaxTimeSlotsFromSelection: slotsTaken('atMost', 'Max_Number_of_Occupied_Time_Slots'),
  ActivitiesOccupyMinTimeSlotsFromSelection: slotsTaken('atLeast', 'Min_Number_of_Occupied_Time_Slots'),
  ActivitiesMaxSimultaneousInSelectedTimeSlots: simultaneous(
    'atMost',
    'Max_Number_of_Simultaneous_Activities',
  ),
  ActivitiesMinSimultaneousInSelectedTimeSlots: simultaneous(
    'atLeast',
    'Min_Number_of_Simultaneous_Activities',
  ),
}
