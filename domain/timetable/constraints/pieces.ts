import type { ConstraintKind } from '../constraint.ts'
import { endsDay, notLast } from './day-ends.ts'
import { dayPoints, days, gaps, hours, intervalDays, lateStarts, rest, running, span } from './days.ts'
import type { LaidTimetable } from './laid.ts'
import {
  consecutive,
  daysApart,
  daysWithin,
  gapAfter,
  gapBetween,
  grouped,
  notOverlapping,
  ordered,
  perDay,
  sameDay,
  samePeriod,
  sameStart,
} from './pairs.ts'
import type { Asked, Piece, Place } from './piece.ts'
import {
  buildingChanges,
  buildingGap,
  differentRooms,
  homeRooms,
  rooms,
  sameRoomIfConsecutive,
} from './rooms.ts'
import { away, kept, pause, roomAway, simultaneous, slots, slotsTaken, starts } from './times.ts'

/** How each kind is counted; a kind without an entry does not compile. */
const PIECES: { readonly [K in ConstraintKind]: Piece<K> } = {
  pause,
  starts,
  slots,
  'days-apart': daysApart,
  'days-within': daysWithin,
  'per-day': perDay,
  'gap-between': gapBetween,
  'same-start': sameStart,
  'same-day': sameDay,
  'same-period': samePeriod,
  'not-overlapping': notOverlapping,
  consecutive,
  grouped,
  ordered,
  'ends-day': endsDay,
  'not-last': notLast,
  'slots-taken': slotsTaken,
  simultaneous,
  kept,
  away,
  gaps,
  hours,
  running,
  days,
  'late-starts': lateStarts,
  'interval-days': intervalDays,
  span,
  rest,
  'gap-after': gapAfter,
  'day-points': dayPoints,
  'room-away': roomAway,
  rooms,
  'home-rooms': homeRooms,
  'same-room-if-consecutive': sameRoomIfConsecutive,
  'different-rooms': differentRooms,
  'building-changes': buildingChanges,
  'building-gap': buildingGap,
}

/** The places where one constraint is broken. */
export function placesOf<K extends ConstraintKind>(
  kind: K,
  constraint: Asked<K>,
  laid: LaidTimetable,
): Place[] {
  return PIECES[kind](constraint, laid)
}
