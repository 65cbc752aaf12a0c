import type { MomentLesson, MomentLessonPage, MomentLine, MomentStudentPage } from '#contract/moments.ts'
import {
  type ComparedLine,
  isTakeable,
  type LessonStand,
  type StoodWork,
  thenAndNow,
} from '#domain/backups/then-and-now.ts'
import { lessonState } from '#domain/lessons/entry.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { noteUsage } from '#platform/usage.ts'
import { openedAt } from './open-moment.ts'
import { type Place, readCodes, readPlaces, readStudentPlaces } from './places.sql.ts'
import { standsNow, standsThen } from './stand.sql.ts'

/** A lesson of the open moment beside the same of today, for whoever may see it today; another's does not exist. */
export async function compareLesson(call: Call, lessonId: string): Promise<MomentLessonPage> {
  const places = await readPlaces(call, [lessonId])
  const at = openedAt(call, places)
  const [lesson] = await compared(call, at, places)
  if (!lesson) throw new NotFound()
  const children = (places[0]?.children ?? []).map(({ id }) => id)
  const own = lesson.teaches || !call.reach.has('organization')
  noteUsage(call, { kind: 'read', resource: 'moment', subjectId: lessonId, children, own })
  return { at, lesson }
}

/** The lessons of a child on these days, then and now, as far as the actor sees them today. */
export async function compareStudent(
  call: Call,
  studentId: string,
  span: { from: string; to: string },
): Promise<MomentStudentPage> {
  const places = await readStudentPlaces(call, studentId, span)
  const at = openedAt(call, places)
  const lessons = await compared(call, at, places)
  const name = places[0]?.children[0]?.name
  if (name === undefined) throw new NotFound()
  const own = !call.reach.has('organization')
  noteUsage(call, { kind: 'read', resource: 'moment', subjectId: studentId, children: [studentId], own })
  const ofChild = ({ part }: MomentLine) => part === 'attendance' || part === 'mark'
  return {
    at,
    student: { id: studentId, name },
    ...span,
    lessons: lessons.map((lesson) => ({ ...lesson, others: 0, lines: lesson.lines.filter(ofChild) })),
  }
}

/** What stood for these lessons at the moment; refused when it is not open any more. */
export async function stoodThen(
  call: Call,
  at: string,
  lessonIds: readonly string[],
): Promise<Map<string, LessonStand>> {
  const found = await call.backups?.moments.read<LessonStand>(at, standsThen(call, lessonIds))
  if (!found) throw new Refused('moment-closed')
  return new Map(found.map((stand) => [stand.lessonId, stand]))
}

async function compared(call: Call, at: string, places: readonly Place[]): Promise<MomentLesson[]> {
  const ids = places.map(({ lesson }) => lesson.id)
  const then = await stoodThen(call, at, ids)
  const now = new Map((await standsNow(call, ids)).map((stand) => [stand.lessonId, stand]))
  const codes = await readCodes(call)
  return places.flatMap((place) => {
    const stand = now.get(place.lesson.id)
    if (!stand) return []
    return [{ ...lessonOf(call, place, then.get(place.lesson.id) ?? null, stand), codes }]
  })
}

function lessonOf(
  call: Call,
  place: Place,
  then: LessonStand | null,
  now: LessonStand,
): Omit<MomentLesson, 'codes'> {
  const { lesson, teaches, windowDays, opened, teacher } = place
  const state = lessonState({ heldOn: lesson.day, windowDays, windowOpened: opened }, call.today)
  const names = new Map(place.children.map(({ id, name }) => [id, name]))
  const works = new Map([...(then?.works ?? []), ...now.works].map((work) => [work.id, work]))
  const gone = new Set(now.works.filter(({ removed }) => removed).map(({ id }) => id))
  const mayTake = (line: ComparedLine) =>
    teaches &&
    state !== 'ahead' &&
    isTakeable(line) &&
    // A column comes back while its lesson is open only.
    !(state === 'closed' && line.workId !== null && gone.has(line.workId))
  return {
    lesson: { ...lesson, state },
    teacher,
    teaches,
    stood: then !== null,
    lines: thenAndNow(then, now, [...names.keys()])
      .filter(({ part }) => part !== 'homework' || lesson.kind === 'lessons')
      .map((line) => ({
        ...line,
        student: line.studentId && (names.get(line.studentId) ?? null),
        work: line.workId && workName(works.get(line.workId)),
        takeable: mayTake(line),
      })),
    others: othersOf(then, names),
  }
}

const workName = (work: StoodWork | undefined): string =>
  work ? [work.name, work.title && `«${work.title}»`].filter(Boolean).join(' ') : ''

function othersOf(then: LessonStand | null, names: ReadonlyMap<string, string>): number {
  const stood = [...(then?.attendance ?? []), ...(then?.marks ?? []).filter(({ value }) => value !== null)]
  return new Set(stood.map(({ studentId }) => studentId).filter((id) => !names.has(id))).size
}
