import type { Constraint, ConstraintKind } from '../../constraint.ts'
import type { Draft } from './draft.ts'
import {
  compileKept,
  compilePerDay,
  compileRoomAway,
  compileRoomGroup,
  compileRooms,
  compileSimultaneous,
  compileSlotsTaken,
} from './groups.ts'
import {
  compileConsecutive,
  compileDaysApart,
  compileDaysWithin,
  compileGapAfter,
  compileGapBetween,
  compileGrouped,
  compileNotOverlapping,
  compileOrdered,
  compileSameDay,
  compileSamePeriod,
  compileSameStart,
} from './pairs.ts'
import {
  compileAway,
  compileBuildingChanges,
  compileBuildingGap,
  compileDayEnds,
  compileDayPoints,
  compileDays,
  compileGaps,
  compileHours,
  compileIntervalDays,
  compileLateStarts,
  compileRest,
  compileRunning,
  compileSpan,
} from './people.ts'
import { compileStarts } from './starts.ts'

type Compilers = {
  readonly [K in ConstraintKind]: (draft: Draft, constraint: Constraint & { readonly kind: K }) => void
}

/** How each kind is written into the draft; a kind without an entry does not compile. */
const COMPILERS: Compilers = {
  pause: (draft, { slots }) => {
    for (const slot of slots) draft.paused[slot] = 1
  },
  starts: (draft, constraint) => compileStarts(draft, constraint, false),
  slots: (draft, constraint) => compileStarts(draft, constraint, true),
  'days-apart': compileDaysApart,
  'days-within': compileDaysWithin,
  'per-day': compilePerDay,
  'gap-between': compileGapBetween,
  'same-start': compileSameStart,
  'same-day': compileSameDay,
  'same-period': compileSamePeriod,
  'not-overlapping': compileNotOverlapping,
  consecutive: compileConsecutive,
  grouped: compileGrouped,
  ordered: compileOrdered,
  'ends-day': compileDayEnds,
  'not-last': compileDayEnds,
  'slots-taken': compileSlotsTaken,
  simultaneous: compileSimultaneous,
  kept: compileKept,
  away: compileAway,
  gaps: compileGaps,
  hours: compileHours,
  running: compileRunning,
  days: compileDays,
  'late-starts': compileLateStarts,
  'interval-days': compileIntervalDays,
  span: compileSpan,
  rest: compileRest,
  'gap-after': compileGapAfter,
  'day-points': compileDayPoints,
  'room-away': compileRoomAway,
  rooms: compileRooms,
  'home-rooms': compileRooms,
  'same-room-if-consecutive': compileRoomGroup,
  'different-rooms': compileRoomGroup,
  'building-changes': compileBuildingChanges,
  'building-gap': compileBuildingGap,
}

function compileOne<K extends ConstraintKind>(
  draft: Draft,
  kind: K,
  constraint: Constraint & { readonly kind: K },
): void {
  COMPILERS[kind](draft, constraint)
}

/** Writes all constraints into the draft; pauses first, because others look whether a lesson follows another. */
export function compileConstraints(draft: Draft): void {
  const { constraints } = draft.problem
  for (const constraint of constraints)
    if (constraint.kind === 'pause') compileOne(draft, constraint.kind, constraint)
  for (const constraint of constraints)
    if (constraint.kind !== 'pause') compileOne(draft, constraint.kind, constraint)
}
