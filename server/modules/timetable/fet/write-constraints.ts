import { type Constraint, type ConstraintKind, HARD } from '#domain/timetable/constraint.ts'
import { textElement } from './markup.ts'
import {
  AWAY,
  BREAK,
  each,
  forPeople,
  ids,
  limit,
  listed,
  pairOf,
  roomsIn,
  type Said,
  type Saying,
  SELECTED,
  SLOTS,
  STARTS,
  tagged,
  times,
} from './saying.ts'

type Say<K extends ConstraintKind> = (constraint: Extract<Constraint, { kind: K }>, saying: Saying) => Said[]

/** A kind without an entry is one FET has no constraint for. */
export const SAY: { readonly [K in ConstraintKind]?: Say<K> } = {
  pause: ({ slots }, saying) => [{ type: 'BreakTimes', inside: times(saying, slots, BREAK) }],
  starts: ({ activities, slots }, saying) =>
    each(saying, activities, 'ActivityPreferredStartingTimes', times(saying, slots, STARTS)),
  slots: ({ activities, slots }, saying) =>
    each(saying, activities, 'ActivityPreferredTimeSlots', times(saying, slots, SLOTS)),
  'days-apart': ({ activities, days, adjacent }, saying) => [
    {
      type: 'MinDaysBetweenActivities',
      inside:
        textElement('Consecutive_If_Same_Day', String(adjacent)) +
        ids(saying, activities) +
        textElement('MinDays', days),
    },
  ],
  'days-within': ({ activities, days }, saying) => [
    { type: 'MaxDaysBetweenActivities', inside: ids(saying, activities) + textElement('MaxDays', days) },
  ],
  'gap-between': ({ activities, periods }, saying) => [
    { type: 'MinGapsBetweenActivities', inside: ids(saying, activities) + textElement('MinGaps', periods) },
  ],
  'same-start': listed('ActivitiesSameStartingTime'),
  'same-day': listed('ActivitiesSameStartingDay'),
  'same-period': listed('ActivitiesSameStartingHour'),
  'not-overlapping': listed('ActivitiesNotOverlapping'),
  consecutive: (pair, saying) => [{ type: 'TwoActivitiesConsecutive', inside: pairOf(saying, pair) }],
  ordered: (pair, saying) => [
    {
      type: pair.sameDay ? 'TwoActivitiesOrderedIfSameDay' : 'TwoActivitiesOrdered',
      inside: pairOf(saying, pair),
    },
  ],
  grouped: ({ activities: [first = 0, second = 0, third] }, saying) => [
    {
      type: third === undefined ? 'TwoActivitiesGrouped' : 'ThreeActivitiesGrouped',
      inside:
        pairOf(saying, { first, second }) +
        (third === undefined ? '' : textElement('Third_Activity_Id', saying.names.ids[third] ?? 0)),
    },
  ],
  'ends-day': ({ activities }, saying) =>
    each(saying, activities, 'ActivityEndsStudentsDay', '').map((said) => ({ ...said, onlyHard: true })),
  'slots-taken': ({ activities, slots, atMost, atLeast }, saying) =>
    [
      ...limit('Max_Number_of_Occupied_Time_Slots', atMost, 'ActivitiesOccupyMaxTimeSlotsFromSelection'),
      ...limit('Min_Number_of_Occupied_Time_Slots', atLeast, 'ActivitiesOccupyMinTimeSlotsFromSelection'),
    ].map(({ type, inside }) => ({
      type,
      inside: ids(saying, activities) + times(saying, slots, SELECTED) + inside,
      onlyHard: true,
    })),
  simultaneous: ({ activities, slots, atMost, atLeast }, saying) =>
    [
      ...limit(
        'Max_Number_of_Simultaneous_Activities',
        atMost,
        'ActivitiesMaxSimultaneousInSelectedTimeSlots',
      ),
      ...limit(
        'Min_Number_of_Simultaneous_Activities',
        atLeast,
        'ActivitiesMinSimultaneousInSelectedTimeSlots',
      ),
    ].map(({ type, inside }) => ({
      type,
      inside: ids(saying, activities) + times(saying, slots, SELECTED) + inside,
      onlyHard: true,
    })),
  away: ({ people, slots }, saying) =>
    // FET asks each by name when somebody is away.
    [
      ...people.teachers.map((index): Said => {
        const name = textElement('Teacher', saying.names.teachers[index] ?? '')
        return { type: 'TeacherNotAvailableTimes', inside: name + times(saying, slots, AWAY) }
      }),
      ...people.atoms.map((atom): Said => {
        const name = textElement('Students', saying.names.atoms[atom] ?? '')
        return { type: 'StudentsSetNotAvailableTimes', inside: name + times(saying, slots, AWAY) }
      }),
    ],
  gaps: ({ people, per, atMost }, saying) =>
    forPeople(saying, people, {
      ...{ type: per === 'day' ? 'MaxGapsPerDay' : 'MaxGapsPerWeek', onlyHard: true },
      inside: textElement('Max_Gaps', atMost),
    }),
  hours: ({ people, only, atMost, atLeast, emptyDaysToo = false }, saying) => {
    const { prefix, tag } = tagged(saying, only)
    const least = limit('Minimum_Hours_Daily', atLeast, `${prefix}MinHoursDaily`).map(({ type, inside }) => ({
      ...{ type, onlyHard: true as const },
      inside: tag + inside + textElement('Allow_Empty_Days', String(!emptyDaysToo)),
    }))
    const most = limit('Maximum_Hours_Daily', atMost, `${prefix}MaxHoursDaily`)
    return [...most.map(({ type, inside }) => ({ type, inside: tag + inside })), ...least].flatMap((said) =>
      forPeople(saying, people, said),
    )
  },
  running: ({ people, only, atMost }, saying) => {
    const { prefix, tag } = tagged(saying, only)
    const inside = tag + textElement('Maximum_Hours_Continuously', atMost)
    return forPeople(saying, people, { type: `${prefix}MaxHoursContinuously`, inside })
  },
  days: ({ people, atMost, atLeast }, saying) =>
    [
      ...limit('Max_Days_Per_Week', atMost, 'MaxDaysPerWeek'),
      ...limit('Minimum_Days_Per_Week', atLeast, 'MinDaysPerWeek'),
    ].flatMap((said) => forPeople(saying, people, { ...said, onlyHard: true })),
  'late-starts': ({ people, atMost }, saying) =>
    forPeople(saying, people, {
      ...{ type: 'EarlyMaxBeginningsAtSecondHour', onlyHard: true },
      inside: textElement('Max_Beginnings_At_Second_Hour', atMost),
    }),
  'interval-days': ({ people, from, to, atMost }, saying) =>
    forPeople(saying, people, {
      ...{ type: 'IntervalMaxDaysPerWeek', onlyHard: true },
      inside:
        textElement('Interval_Start_Hour', saying.names.periods[from] ?? '') +
        textElement('Interval_End_Hour', saying.names.periods[to + 1] ?? '') +
        textElement('Max_Days_Per_Week', atMost),
    }),
  span: ({ people, atMost }, saying) =>
    forPeople(saying, people, {
      ...{ type: 'MaxSpanPerDay', onlyHard: true },
      inside: textElement('Max_Span', atMost) + textElement('Allow_One_Day_Exception_of_Plus_One', 'false'),
    }),
  rest: ({ people, atLeast }, saying) =>
    forPeople(saying, people, {
      ...{ type: 'MinRestingHours', onlyHard: true },
      inside: textElement('Minimum_Resting_Hours', atLeast) + textElement('Circular', 'false'),
    }),
  'gap-after': ({ people, before, after, periods }, saying) => {
    const [first, second] = [saying.tagOf(before), saying.tagOf(after)]
    // FET opens no file that asks for a gap between lessons of one and the same tag.
    if (first === second) return []
    return forPeople(saying, people, {
      ...{ type: 'MinGapsBetweenOrderedPairOfActivityTags', onlyHard: true },
      inside:
        textElement('First_Activity_Tag', first) +
        textElement('Second_Activity_Tag', second) +
        textElement('MinGaps', periods),
    })
  },
  'room-away': ({ room, slots }, saying) => [
    {
      ...{ type: 'RoomNotAvailableTimes', space: true },
      inside: textElement('Room', saying.names.rooms[room] ?? '') + times(saying, slots, AWAY),
    },
  ],
  rooms: (constraint, saying) => roomsIn(saying, constraint),
  'home-rooms': (constraint, saying) => roomsIn(saying, constraint),
  'same-room-if-consecutive': ({ activities }, saying) => [
    { type: 'ActivitiesSameRoomIfConsecutive', space: true, onlyHard: true, inside: ids(saying, activities) },
  ],
  'different-rooms': ({ activities, atMost }, saying) => [
    {
      ...{ type: 'ActivitiesOccupyMaxDifferentRooms', space: true, onlyHard: true },
      inside: ids(saying, activities) + textElement('Max_Number_of_Different_Rooms', atMost),
    },
  ],
  'building-changes': ({ people, per, atMost }, saying) => {
    const when = per === 'day' ? 'Day' : 'Week'
    const inside = textElement(`Max_Building_Changes_Per_${when}`, atMost)
    const said = { type: `MaxBuildingChangesPer${when}`, inside, space: true, onlyHard: true } as const
    return forPeople(saying, people, said)
  },
  'building-gap': ({ people, atLeast }, saying) =>
    forPeople(saying, people, {
      ...{ type: 'MinGapsBetweenBuildingChanges', space: true, onlyHard: true },
      inside: textElement('Min_Gaps_Between_Building_Changes', atLeast),
    }),
}

/** The constraint in FET's words; nothing when FET has none for it. */
export function sayConstraint<K extends ConstraintKind>(
  kind: K,
  constraint: Extract<Constraint, { kind: K }>,
  saying: Saying,
): Said[] {
  const said = SAY[kind]?.(constraint, saying) ?? []
  return said.filter(({ onlyHard }) => !onlyHard || constraint.weight === HARD)
}
