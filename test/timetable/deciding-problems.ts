import { type Constraint, type ConstraintKind, HARD } from '#domain/timetable/constraint.ts'
import { NOWHERE, type TimetableProblem } from '#domain/timetable/problem.ts'
import { type SmallCard, smallProblem } from './small-problem.ts'

/** A problem in which one constraint decides: `right` keeps it, `wrong` would be a timetable too without it. */
export type Deciding = {
  readonly problem: TimetableProblem
  /** Which of the constraints decides. */
  readonly decides: number
  readonly right: Placing
  readonly wrong: Placing
  /** What `wrong` breaks. */
  readonly units: number
}

type Placing = { readonly start: readonly number[]; readonly room?: readonly number[] }
type Spared<C> = C extends Constraint ? Omit<C, 'weight'> : never

const teacher = (...teachers: number[]) => ({ teachers, atoms: [] as number[] })
const atom = (...atoms: number[]) => ({ teachers: [] as number[], atoms })

/** A card at a fixed start. */
const at = (activity: number, ...slots: number[]): Spared<Constraint> => ({
  kind: 'starts',
  activities: [activity],
  slots,
})
const inRoom = (activity: number, ...rooms: number[]): Spared<Constraint> => ({
  kind: 'rooms',
  activities: [activity],
  rooms,
})

function deciding(
  cards: readonly SmallCard[],
  asked: Spared<Constraint>,
  others: readonly Spared<Constraint>[],
  right: Placing,
  wrong: Placing,
  units = 1,
): Deciding {
  const constraints = [asked, ...others].map((one) => ({ ...one, weight: HARD }) as Constraint)
  return { problem: smallProblem(cards, constraints), decides: 0, right, wrong, units }
}

const nobody = {}
const ofTeacher = { teachers: [0] }
const ofClass = { students: [0] }
const two = [ofTeacher, ofTeacher]
const three = [ofTeacher, ofTeacher, ofTeacher]
const start = (...slots: number[]): Placing => ({ start: slots })

/** For every kind a problem in which exactly that constraint decides; «right» is the only answer with it. */
export const DECIDING: { readonly [K in ConstraintKind]: Deciding } = {
  pause: deciding([nobody], { kind: 'pause', slots: [0] }, [at(0, 0, 5)], start(5), start(0)),
  starts: deciding([nobody], at(0, 6), [], start(6), start(3)),
  slots: deciding(
    [{ length: 2 }],
    { kind: 'slots', activities: [0], slots: [0, 5, 6] },
    [],
    start(5),
    start(0),
  ),
  'days-apart': deciding(
    two,
    { kind: 'days-apart', activities: [0, 1], days: 1, adjacent: false },
    [at(0, 0), at(1, 2, 6)],
    start(0, 6),
    start(0, 2),
  ),
  'days-within': deciding(
    two,
    { kind: 'days-within', activities: [0, 1], days: 0 },
    [at(0, 0), at(1, 2, 6)],
    start(0, 2),
    start(0, 6),
  ),
  'per-day': deciding(
    two,
    { kind: 'per-day', activities: [0, 1], atMost: 1 },
    [at(0, 0), at(1, 2, 6)],
    start(0, 6),
    start(0, 2),
  ),
  'gap-between': deciding(
    two,
    { kind: 'gap-between', activities: [0, 1], periods: 2 },
    [at(0, 0), at(1, 1, 3)],
    start(0, 3),
    start(0, 1),
    2,
  ),
  'same-start': deciding(
    [nobody, nobody],
    { kind: 'same-start', activities: [0, 1] },
    [at(0, 2), at(1, 1, 2)],
    start(2, 2),
    start(2, 1),
  ),
  'same-day': deciding(
    two,
    { kind: 'same-day', activities: [0, 1] },
    [at(0, 2), at(1, 3, 4)],
    start(2, 3),
    start(2, 4),
  ),
  'same-period': deciding(
    two,
    { kind: 'same-period', activities: [0, 1] },
    [at(0, 1), at(1, 4, 5)],
    start(1, 5),
    start(1, 4),
  ),
  'not-overlapping': deciding(
    [{ length: 2 }, { length: 2 }],
    { kind: 'not-overlapping', activities: [0, 1] },
    [at(0, 0), at(1, 1, 2)],
    start(0, 2),
    start(0, 1),
  ),
  consecutive: deciding(
    two,
    { kind: 'consecutive', first: 0, second: 1 },
    [at(0, 1), at(1, 0, 2)],
    start(1, 2),
    start(1, 0),
  ),
  grouped: deciding(
    three,
    { kind: 'grouped', activities: [0, 1, 2] },
    [at(0, 0), at(1, 2), at(2, 1, 3)],
    start(0, 2, 1),
    start(0, 2, 3),
  ),
  ordered: deciding(
    two,
    { kind: 'ordered', first: 0, second: 1, sameDay: false },
    [at(0, 3), at(1, 2, 5)],
    start(3, 5),
    start(3, 2),
  ),
  'ends-day': deciding(
    [ofClass, ofClass],
    { kind: 'ends-day', activities: [0] },
    [at(0, 1), at(1, 0, 2)],
    start(1, 0),
    start(1, 2),
  ),
  'not-last': deciding(
    [ofClass, ofClass],
    { kind: 'not-last', activities: [0] },
    [at(0, 1), at(1, 0, 2)],
    start(1, 2),
    start(1, 0),
  ),
  'slots-taken': deciding(
    [nobody, nobody],
    { kind: 'slots-taken', activities: [0, 1], slots: [0, 1, 2, 3], atMost: 1 },
    [at(0, 0), at(1, 1, 4)],
    start(0, 4),
    start(0, 1),
  ),
  simultaneous: deciding(
    [nobody, nobody],
    { kind: 'simultaneous', activities: [0, 1], slots: [0], atMost: 1 },
    [at(0, 0), at(1, 0, 4)],
    start(0, 4),
    start(0, 0),
  ),
  kept: deciding(
    two,
    { kind: 'kept', activities: [0, 1], starts: [0, 5], atMost: 1 },
    [at(0, 1), at(1, 5, 6)],
    start(1, 5),
    start(1, 6),
  ),
  away: deciding(
    [ofTeacher],
    { kind: 'away', people: teacher(0), slots: [0] },
    [at(0, 0, 1)],
    start(1),
    start(0),
  ),
  gaps: deciding(
    two,
    { kind: 'gaps', people: teacher(0), per: 'week', atMost: 0 },
    [at(0, 0), at(1, 1, 2)],
    start(0, 1),
    start(0, 2),
  ),
  hours: deciding(
    two,
    { kind: 'hours', people: teacher(0), atMost: 1 },
    [at(0, 0), at(1, 1, 4)],
    start(0, 4),
    start(0, 1),
  ),
  running: deciding(
    three,
    { kind: 'running', people: teacher(0), atMost: 2 },
    [at(0, 0), at(1, 1), at(2, 2, 3)],
    start(0, 1, 3),
    start(0, 1, 2),
  ),
  days: deciding(
    two,
    { kind: 'days', people: teacher(0), atMost: 1 },
    [at(0, 0), at(1, 2, 5)],
    start(0, 2),
    start(0, 5),
  ),
  'late-starts': deciding(
    [ofClass],
    { kind: 'late-starts', people: atom(0), atMost: 0 },
    [at(0, 1, 4)],
    start(4),
    start(1),
  ),
  'interval-days': deciding(
    two,
    { kind: 'interval-days', people: teacher(0), from: 2, to: 3, atMost: 1 },
    [at(0, 2), at(1, 4, 7)],
    start(2, 4),
    start(2, 7),
  ),
  span: deciding(
    two,
    { kind: 'span', people: teacher(0), atMost: 2 },
    [at(0, 0), at(1, 2, 5)],
    start(0, 5),
    start(0, 2),
  ),
  rest: deciding(
    two,
    { kind: 'rest', people: teacher(0), atLeast: 2 },
    [at(0, 3), at(1, 5, 6)],
    start(3, 6),
    start(3, 5),
  ),
  'gap-after': deciding(
    [ofClass, ofClass],
    { kind: 'gap-after', people: atom(0), before: [0], after: [1], periods: 2 },
    [at(0, 1), at(1, 0, 2)],
    start(1, 0),
    start(1, 2),
    2,
  ),
  'day-points': deciding(
    two,
    { kind: 'day-points', people: teacher(0), points: [4, 3], atMost: [5, 5] },
    [at(0, 0), at(1, 1, 5)],
    start(0, 5),
    start(0, 1),
    2,
  ),
  'room-away': deciding(
    [nobody],
    { kind: 'room-away', room: 0, slots: [0] },
    [at(0, 0, 5), inRoom(0, 0)],
    { start: [5], room: [0] },
    { start: [0], room: [0] },
  ),
  rooms: deciding(
    [nobody],
    inRoom(0, 1),
    [at(0, 0)],
    { start: [0], room: [1] },
    { start: [0], room: [NOWHERE] },
  ),
  'home-rooms': deciding(
    [nobody],
    { kind: 'home-rooms', activities: [0], rooms: [2] },
    [at(0, 0)],
    { start: [0], room: [2] },
    { start: [0], room: [NOWHERE] },
  ),
  'same-room-if-consecutive': deciding(
    two,
    { kind: 'same-room-if-consecutive', activities: [0, 1] },
    [at(0, 0), at(1, 1), inRoom(0, 0), inRoom(1, 0, 1)],
    { start: [0, 1], room: [0, 0] },
    { start: [0, 1], room: [0, 1] },
  ),
  'different-rooms': deciding(
    two,
    { kind: 'different-rooms', activities: [0, 1], atMost: 1 },
    [at(0, 0), at(1, 4), inRoom(0, 0), inRoom(1, 0, 1)],
    { start: [0, 4], room: [0, 0] },
    { start: [0, 4], room: [0, 1] },
  ),
  'building-changes': deciding(
    two,
    { kind: 'building-changes', people: teacher(0), per: 'day', atMost: 0 },
    [at(0, 0), at(1, 2), inRoom(0, 0), inRoom(1, 1, 2)],
    { start: [0, 2], room: [0, 1] },
    { start: [0, 2], room: [0, 2] },
  ),
  'building-gap': deciding(
    two,
    { kind: 'building-gap', people: teacher(0), atLeast: 2 },
    [at(0, 0), at(1, 1, 3), inRoom(0, 0), inRoom(1, 2)],
    { start: [0, 3], room: [0, 2] },
    { start: [0, 1], room: [0, 2] },
    2,
  ),
}
