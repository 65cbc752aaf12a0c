import { type Constraint, HARD } from '#domain/timetable/constraint.ts'
import { cannotDoWithout } from '#domain/timetable/problem.ts'
import { childOf, type XmlElement } from '../xml.ts'
import { type Bare, FetConstraint, type FetScope } from './fet-constraint.ts'
import { HOME_ROOMS, HomeRooms } from './home-rooms.ts'
import { readFlag } from './names.ts'
import { PEOPLE_CONSTRAINTS } from './people-constraints.ts'
import { RealRooms } from './real-rooms.ts'
import { ROOM_CONSTRAINTS } from './room-constraints.ts'
import { type Mapper, TIME_CONSTRAINTS } from './time-constraints.ts'

/** One thing in one place at a time: what every timetable owes. */
const OWED = new Set(['BasicCompulsoryTime', 'BasicCompulsorySpace'])

const MAPPERS: ReadonlyMap<string, Mapper> = new Map(
  Object.entries({
    ...TIME_CONSTRAINTS,
    ...PEOPLE_CONSTRAINTS,
    ...ROOM_CONSTRAINTS,
    BreakTimes: (constraint) => ({ kind: 'pause', slots: constraint.slots('Break_Time') }),
  } satisfies Record<string, Mapper>),
)

/** Flags that ask for what we do not count, by the ends of types. */
const FLAGS_BEYOND: [end: string, flag: string][] = [
  ['ActivitiesMinSimultaneousInSelectedTimeSlots', 'Allow_Empty_Slots'],
  ['MaxSpanPerDay', 'Allow_One_Day_Exception_of_Plus_One'],
  ['MinRestingHours', 'Circular'],
]

const MOST_OF_DAY = 2

const REAL_ROOM = 'Real_Room'

function asksForRealRooms({ type, element }: FetConstraint): boolean {
  return type === 'ActivityPreferredRoom' && childOf(element, REAL_ROOM) !== undefined
}

/** What of a constraint we cannot keep although its type is known; null when there is nothing. */
function beyondUs(constraint: FetConstraint): string | null {
  const { type } = constraint
  if (asksForRealRooms(constraint)) return REAL_ROOM
  return FLAGS_BEYOND.find(([end, flag]) => type.endsWith(end) && constraint.flag(flag, false))?.[1] ?? null
}

/** What constraints say, and rooms that they add to those of the file. */
type ReadConstraints = { readonly constraints: Constraint[]; readonly realRooms: RealRooms }

/** All active constraints of both lists of a file; unknown types are named as unsupported. */
export function readConstraints(lists: readonly XmlElement[], scope: FetScope): ReadConstraints {
  const found: Constraint[] = []
  const realRooms = new RealRooms(scope.problem.rooms)
  const homes = new HomeRooms()
  for (const element of lists.flatMap(({ children }) => children)) {
    if (!readFlag(element, 'Active', true, scope.report)) continue
    const constraint = new FetConstraint(scope, element)
    if (OWED.has(constraint.type)) continue
    const home = HOME_ROOMS[constraint.type]
    if (home) homes.add(constraint, home)
    else found.push(...(lockedWithRealRooms(constraint, realRooms) ?? mapped(constraint)))
  }
  const named = new Set(found.flatMap((each) => (each.kind === 'rooms' ? each.activities : [])))
  return widened([...found, ...homes.constraints(named)], realRooms, lists[0]?.line ?? 0, scope)
}

function widened(
  all: Constraint[],
  realRooms: RealRooms,
  line: number,
  { report }: FetScope,
): ReadConstraints {
  if (all.some((each) => realRooms.isCompared(each)))
    report.unsupported(`ActivityPreferredRoom (${REAL_ROOM} compared with others)`, line)
  return { constraints: all.flatMap((each) => realRooms.widened(each)), realRooms }
}

function lockedWithRealRooms(constraint: FetConstraint, realRooms: RealRooms): Constraint[] | null {
  const locked = asksForRealRooms(constraint) ? realRooms.locked(constraint) : null
  return locked && [locked]
}

/** Whether a virtual room may take the room: FET counts the lessons that do, we those that must. */
function mayBePart(room: number, { problem }: FetScope): boolean {
  return problem.rooms.some((one) => one.parts?.flat().includes(room) && !cannotDoWithout(one, room))
}

/**
 * What a constraint asks besides what it says: FET puts no more than two of those that should be days apart on one
 * day, however little that weighs (seen with weights of 0, 10 and 95, and said in its own message).
 */
function impliedBy(bare: Bare, { weight, source }: FetConstraint): Constraint[] {
  if (bare.kind !== 'days-apart' || weight === HARD || bare.activities.length <= MOST_OF_DAY) return []
  return [{ kind: 'per-day', activities: bare.activities, atMost: MOST_OF_DAY, weight: HARD, source }]
}

function mapped(constraint: FetConstraint): Constraint[] {
  const { scope, type, line, weight, source } = constraint
  const mapper = MAPPERS.get(type)
  const beyond = mapper ? beyondUs(constraint) : ''
  if (beyond !== null) scope.report.unsupported(beyond === '' ? type : `${type} (${beyond})`, line)
  const bare = mapper?.(constraint)
  if (bare?.kind === 'room-away' && weight < HARD && mayBePart(bare.room, scope))
    scope.report.unsupported(`${type} (Weight_Percentage < 100 of a ${REAL_ROOM})`, line)
  return bare ? [{ ...bare, weight, source }, ...impliedBy(bare, constraint)] : []
}
