/**
 * How much a constraint matters: the cost of one counted unit, or `HARD` for what may never be broken.
 * FET's percentage `w` is `w / 100`; the words of the product are in `weight.ts`.
 */
export type Weight = number

/** Never broken. */
export const HARD = Number.POSITIVE_INFINITY

/**
 * Whose days are looked at, each teacher and each atom of students on its own. A lesson of theirs is a slot they are
 * busy in, once however many cards clash there. A window is a free slot that is no pause and where they are not away.
 */
export type People = { readonly teachers: readonly number[]; readonly atoms: readonly number[] }

/** What every constraint has: its weight, and where it was asked for («СанПиН …», a row of a file), for words. */
type Asked = { readonly weight: Weight; readonly source?: string }

type OfActivities = Asked & { readonly activities: readonly number[] }
type OfPeople = Asked & { readonly people: People }
type Pair = Asked & { readonly first: number; readonly second: number }

/**
 * Conditions on when activities are. «Unit» is what one count of it is; where none is named, it is a pair that breaks
 * the condition, or the condition itself. A card without a place is only `unplaced` and breaks nothing else; one that
 * would run beyond the end of its day has no place.
 */
export type TimeConstraint =
  /** Starts in one of the slots. Unit: an activity that does not. */
  | (OfActivities & { readonly kind: 'starts'; readonly slots: readonly number[] })
  /** Lies in the slots with all its length. Unit: a lesson outside. */
  | (OfActivities & { readonly kind: 'slots'; readonly slots: readonly number[] })
  /**
   * Each two at least `days` days apart. Unit: a day short. When `adjacent`, two of one day must touch, even as a wish:
   * a pair that does not is a hard unit more (FET counts so), unless the weight is hard already.
   */
  | (OfActivities & { readonly kind: 'days-apart'; readonly days: number; readonly adjacent: boolean })
  /** Each two at most `days` days apart. Unit: a day over. */
  | (OfActivities & { readonly kind: 'days-within'; readonly days: number })
  /** At most so many of them begin on one day. Unit: an activity over. */
  | (OfActivities & { readonly kind: 'per-day'; readonly atMost: number })
  /** Each two on one day with at least `periods` between, pauses counted; overlapping ones have none. Unit: a lesson short. */
  | (OfActivities & { readonly kind: 'gap-between'; readonly periods: number })
  /** Each two; the unit of `not-overlapping` is a lesson in common. */
  | (OfActivities & {
      readonly kind: 'same-start' | 'same-day' | 'same-period' | 'not-overlapping'
    })
  /** `second` right after `first` on the same day, pauses aside. */
  | (Pair & { readonly kind: 'consecutive' })
  /**
   * Two or three on one day in an unbroken block, in any order, pauses aside. Those that have no place yet may still
   * fill what is free between the others.
   */
  | (OfActivities & { readonly kind: 'grouped' })
  /** `second` starts after `first` has ended, in the week or, with `sameDay`, if they are on one day. */
  | (Pair & { readonly kind: 'ordered'; readonly sameDay: boolean })
  /** The last of the day for its students. Unit: a lesson after it, of each of its atoms. */
  | (OfActivities & { readonly kind: 'ends-day' })
  /** Never the last of the day for its students (physical education). Unit: a day of an atom that ends with one. */
  | (OfActivities & { readonly kind: 'not-last' })
  /** The activities together take at most / at least so many of the slots. Unit: a slot over or short. */
  | (OfActivities & {
      readonly kind: 'slots-taken'
      readonly slots: readonly number[]
      readonly atMost?: number
      readonly atLeast?: number
    })
  /** In each of the slots at most / at least so many of the activities at once. Unit: an activity over or short. */
  | (OfActivities & {
      readonly kind: 'simultaneous'
      readonly slots: readonly number[]
      readonly atMost?: number
      readonly atLeast?: number
    })
  /**
   * At most `atMost` of the activities start elsewhere than in `starts`, which runs along `activities` (little change
   * from a published timetable). Unit: an activity over.
   */
  | (OfActivities & { readonly kind: 'kept'; readonly starts: readonly number[]; readonly atMost: number })

/** Conditions on the days of people. */
export type PeopleConstraint =
  /** Not there in the slots; always hard. Unit: a lesson there. */
  | (OfPeople & { readonly kind: 'away'; readonly slots: readonly number[] })
  /** Windows between the first and the last lesson of a day. Unit: a window over. */
  | (OfPeople & { readonly kind: 'gaps'; readonly per: 'day' | 'week'; readonly atMost: number })
  /**
   * Lessons a day, of all activities or `only` of some. Unit: a lesson over or short.
   * A day without lessons is short only when `emptyDaysToo`. With `once` a day over is one unit however long it is
   * (so FET counts wishes).
   */
  | (OfPeople & {
      readonly kind: 'hours'
      readonly only?: readonly number[]
      readonly atMost?: number
      readonly atLeast?: number
      readonly emptyDaysToo?: boolean
      readonly once?: boolean
    })
  /**
   * Lessons in a row, of all activities or `only` of some; a pause ends the row. Unit: a lesson over, or with `once`
   * a row that is too long.
   */
  | (OfPeople & {
      readonly kind: 'running'
      readonly only?: readonly number[]
      readonly atMost: number
      readonly once?: boolean
    })
  /** Days of the week with lessons. Unit: a day over or short. */
  | (OfPeople & { readonly kind: 'days'; readonly atMost?: number; readonly atLeast?: number })
  /**
   * At most so many days begin at the second lesson, none later. Unit: a late day over, and
   * a lesson beyond the second. Slots that are pauses or away times are not waited for.
   */
  | (OfPeople & { readonly kind: 'late-starts'; readonly atMost: number })
  /** Days with a lesson in periods `from` to `to` (both included). Unit: a day over. */
  | (OfPeople & {
      readonly kind: 'interval-days'
      readonly from: number
      readonly to: number
      readonly atMost: number
    })
  /** From the first lesson of a day to the last, windows and pauses included. Unit: a lesson over. */
  | (OfPeople & { readonly kind: 'span'; readonly atMost: number })
  /** Periods free between the last lesson of a day and the first of the very next day, nights not counted. Unit: a period short. */
  | (OfPeople & { readonly kind: 'rest'; readonly atLeast: number })
  /**
   * Of the activities of one person, any of `after` that follows one of `before` on the same day begins at least
   * `periods` after its end, whatever is between; the other order is free. Unit: a period short, of a pair once however
   * many people have both.
   */
  | (OfPeople & {
      readonly kind: 'gap-after'
      readonly before: readonly number[]
      readonly after: readonly number[]
      readonly periods: number
    })
  /**
   * Points of a day («трудность дня»): `points[activity]` for each activity of the day; a day's sum over its `atMost[day]`
   * is counted. Unit: a point over.
   */
  | (OfPeople & {
      readonly kind: 'day-points'
      readonly points: readonly number[]
      readonly atMost: readonly number[]
    })

/** Conditions on rooms. */
export type RoomConstraint =
  /**
   * The room is not to be had in the slots. Unit: a lesson of an activity there. When hard, lessons in rooms made of
   * others cannot take it there either; as a wish it counts those of them that cannot do without it.
   */
  | (Asked & { readonly kind: 'room-away'; readonly room: number; readonly slots: readonly number[] })
  /** In one of the rooms. Unit: an activity elsewhere or nowhere. */
  | (OfActivities & { readonly kind: 'rooms'; readonly rooms: readonly number[] })
  /** As `rooms`, for activities that no `rooms` names. */
  | (OfActivities & { readonly kind: 'home-rooms'; readonly rooms: readonly number[] })
  /** Two of them one right after the other, pauses aside, are in one room if both have rooms. Unit: a pair that is not. */
  | (OfActivities & { readonly kind: 'same-room-if-consecutive' })
  /** All of them in at most so many different rooms. Unit: a room over. */
  | (OfActivities & { readonly kind: 'different-rooms'; readonly atMost: number })
  /** Moves from building to building; lessons without room or building are passed over. Unit: a move over. */
  | (OfPeople & { readonly kind: 'building-changes'; readonly per: 'day' | 'week'; readonly atMost: number })
  /** Periods between lessons in different buildings. Unit: a period short. */
  | (OfPeople & { readonly kind: 'building-gap'; readonly atLeast: number })

/** A condition on a timetable («условие»); a break for everybody is `away` of everybody. */
export type Constraint = Pause | TimeConstraint | PeopleConstraint | RoomConstraint

/**
 * Nobody has lessons in the slots, and two lessons around them still follow each other, though a run of lessons
 * («running») ends there; always hard. Unit: a lesson of an activity there.
 */
export type Pause = Asked & { readonly kind: 'pause'; readonly slots: readonly number[] }

/** Names of all kinds of constraint. */
export type ConstraintKind = Constraint['kind']

/**
 * A place where a constraint is broken: `amount` units of it, by these activities, in these slots, for this
 * teacher or atom. `constraint` is an index in the problem's list, or names a clash that no constraint asks for.
 */
export type BrokenPlace = {
  readonly constraint: number | Clash
  readonly amount: number
  /** Never allowed here whatever the weight of the constraint. */
  readonly hard?: true
  readonly activities: readonly number[]
  readonly slots: readonly number[]
  readonly teacher?: number
  readonly atom?: number
  readonly room?: number
}

/**
 * What every timetable owes without being asked: one place at a time, a place for each card, room for all. Units: a
 * lesson too many in a slot of a teacher, an atom or a room; a card; an activity in a room too small for it. For
 * rooms made of others, a `room-clash` is a real room that a lesson in them is missing in a slot.
 */
export type Clash = 'teacher-clash' | 'student-clash' | 'room-clash' | 'unplaced' | 'capacity'
