import type { GradebookAttendance } from '#contract/gradebook.ts'
import type { PutAttendance, SavedAttendance } from '#contract/lessons.ts'
import { entryKind, type StandingEntry } from '#domain/lessons/entry.ts'
import { type CellRefusal, cellRefusal } from '#domain/marks/cell.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { type Entry, newReasons, reasonsGiven } from './entry.ts'
import { saveRoll } from './saves.sql.ts'
import { type RollLineScene, type RollScene, readRollScene } from './scene.sql.ts'

type Line = PutAttendance['children'][number]

/**
 * Takes the roll of a lesson, the whole class or some of it, together or not at all (4.3). Refused when a rule
 * forbids some children's lines, with their numbers; `version-conflict` brings what stands now. `admitted`: let in although the window is
 * closed.
 */
export async function putAttendance(
  call: Call,
  lessonId: string,
  { children, lateReason }: PutAttendance,
  admitted = false,
): Promise<SavedAttendance> {
  const found = await readRollScene(
    call,
    lessonId,
    children.map(({ studentId }) => studentId),
  )
  if (found?.children.length !== children.length) throw new NotFound()
  const scene = { ...found, opened: found.opened || admitted }
  const lines = scene.children.map((line, n): Judged => ({ sent: children[n] as Line, line, n }))
  refuseLines(scene, lines, lateReason, call)
  const stale = lines.filter(({ sent, line }) => sent.version !== line.version)
  if (stale.length > 0) throw conflict(lessonId, stale)

  const changed = lines.filter(({ sent, line }) => line.version === 0 || sent.code !== line.code)
  const attendance = lines.map(({ sent, line }) => ({
    studentId: sent.studentId,
    lessonId,
    code: sent.code,
    version: line.version + (line.version === 0 || sent.code !== line.code ? 1 : 0),
  }))
  if (changed.length > 0) {
    const roll = changed.map(({ sent, line }) => ({
      id: newId(call.now.getTime()),
      kind: entryKind({ heldOn: scene.held_on, standing: standingEntry(line) }, call.today),
      ...sent,
    }))
    const kinds = roll.map(({ kind }) => kind)
    const entry: Entry = { kind: 'in-time', reasons: newReasons(scene, kinds, lateReason, call) }
    const saved = await saveRoll(call, lessonId, entry, roll, noticeOf(call, scene, attendance))
    if (saved !== changed.length) throw conflict(lessonId, lines)
  }
  return { attendance }
}

type Judged = { sent: Line; line: RollLineScene; n: number }

const standingEntry = ({ enteredOn }: RollLineScene): StandingEntry | null =>
  enteredOn && { enteredOn, empty: false }

// All lines refused for the same reason are named at once, so that the others may be sent without them.
function refuseLines(scene: RollScene, lines: Judged[], reason: string | undefined, call: Call): void {
  const refusals = lines.map((line) => lineRefusal(scene, line, reason, call))
  const first = refusals.find((refusal) => refusal !== null)
  if (!first) return
  throw new Refused(first, { cells: lines.filter((_, n) => refusals[n] === first).map(({ n }) => n) })
}

function lineRefusal(
  scene: RollScene,
  { sent, line }: Judged,
  reason: string | undefined,
  { today }: Call,
): CellRefusal | null {
  return cellRefusal(
    {
      heldOn: scene.held_on,
      windowDays: scene.window_days,
      windowOpened: scene.opened,
      standing: standingEntry(line),
      reasons: reasonsGiven(scene, reason),
      membership: line.from && { from: line.from, to: line.to },
      gradeless: scene.gradeless,
      codes: scene.codes,
    },
    { kind: 'attendance', value: sent.code },
    today,
  )
}

function conflict(lessonId: string, lines: Judged[]): Refused {
  return new Refused('version-conflict', {
    cells: lines.map(({ n }) => n),
    current: lines.map(({ line: { studentId, code, version } }) => ({
      lessonId,
      studentId,
      value: code,
      version,
    })),
  })
}

// PostgreSQL carries at most 8000 bytes in a notice; a larger change only says that there is one.
const NOTICE_BYTES = 7500

function noticeOf({ actor }: Call, { journal_id }: RollScene, attendance: GradebookAttendance[]): string {
  const head = { organizationId: actor.organizationId, journalId: journal_id }
  const cells = attendance.map(({ code, ...place }) => ({ ...place, value: code }))
  const whole = JSON.stringify({ ...head, cells })
  return Buffer.byteLength(whole) <= NOTICE_BYTES ? whole : JSON.stringify({ ...head, cells: null })
}
