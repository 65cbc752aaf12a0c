import type { CellWrite, PutCells, SavedCell, SavedCells } from '#contract/gradebook.ts'
import { type EntryKind, entryKind, type StandingEntry } from '#domain/lessons/entry.ts'
import { type CellRefusal, cellRefusal } from '#domain/marks/cell.ts'
import type { Call } from '#platform/call.ts'
import { runNow, type Write } from '#platform/db.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { type CellRow, type CellSave, cellsSaved, type Reasons, readCellScenes } from './cells.sql.ts'

type Typed = { cell: CellWrite; scene: CellRow; n: number }
type Way = { reason: string | undefined; admitted: boolean }

/**
 * Saves the cells of one intention together or not at all (4.3–4.5), by the scenes read behind their locks. Refused
 * when a rule forbids some of them, with their numbers; `version-conflict` brings the values that stand now. `admitted`:
 * whoever may has let them in although the window is closed.
 */
export function putCells(
  call: Call,
  journalId: string,
  { cells, lateReason }: PutCells,
  found: readonly CellRow[],
  admitted = false,
): SavedCells {
  const scenes = found.filter((scene) => mayWrite(scene, call))
  if (scenes.length !== cells.length) throw new NotFound()
  const typed = scenes.map((scene, n): Typed => ({ cell: cells[n] as CellWrite, scene, n }))
  refuse(typed, { reason: lateReason, admitted }, call)
  refuseConflict(typed)

  const changed = typed.filter(({ cell, scene }) => changes(cell, scene))
  const answer = {
    cells: typed.map(({ cell, scene }) => savedCell(cell, scene, changes(cell, scene) ? 1 : 0)),
  }
  if (changed.length > 0) {
    const saves = changed.map((one) => saveOf(one, call))
    const reasons = reasonsOf(changed, lateReason, call)
    call.atCommit({
      ...cellsSaved(call, journalId, saves, reasons, noticeOf(call, journalId, answer)),
      lost: () =>
        new Refused('version-conflict', { current: typed.map(({ cell, scene }) => standing(cell, scene)) }),
    })
  }
  return answer
}

/**
 * The same, read and saved at once, not with the commit: by whoever the transaction names now (`current_actor()`), who
 * must be the call's actor. `admitted`: let in by whoever may, although their window is closed.
 */
export async function enterCells(
  call: Call,
  journalId: string,
  sent: PutCells,
  admitted = false,
): Promise<SavedCells> {
  const scenes = await readCellScenes(call, journalId, sent.cells)
  const left: Write[] = []
  const later = { ...call, atCommit: (write: Write) => left.push(write) }
  const answer = putCells(later, journalId, sent, scenes, admitted)
  for (const write of left) await runNow(call.tx, write)
  return answer
}

const mayWrite = ({ own, substituted }: CellRow, { reach }: Call): boolean =>
  (own && reach.has('own-journal')) || (substituted && reach.has('substituted-lesson'))

const windowOpened = ({ open_until }: CellRow, { today }: Call): boolean =>
  open_until !== null && open_until >= today

// A mark taken back on the day was not there; one taken back by a correction is being corrected still.
const standingEntry = ({ cell, scene }: Typed): StandingEntry | null =>
  scene.entered_on && {
    enteredOn: scene.entered_on,
    empty: cell.workId !== undefined && scene.value === null && !scene.corrected,
  }

const kindOf = (one: Typed, { today }: Call): EntryKind =>
  entryKind({ heldOn: one.scene.held_on, standing: standingEntry(one) }, today)

// All cells refused for the same reason are named at once, so that the others may be sent without them.
function refuse(typed: Typed[], way: Way, call: Call): void {
  const refusals = typed.map((one) => refusalOf(one, way, call))
  const first = refusals.find((refusal) => refusal !== null)
  if (!first) return
  throw new Refused(first, { cells: typed.filter((_, n) => refusals[n] === first).map(({ n }) => n) })
}

function refusalOf(one: Typed, { reason, admitted }: Way, call: Call): CellRefusal | null {
  const { cell, scene } = one
  return cellRefusal(
    {
      heldOn: scene.held_on,
      windowDays: scene.window_days,
      windowOpened: admitted || windowOpened(scene, call),
      standing: standingEntry(one),
      reasons: {
        late: scene.late_reason ?? reason ?? null,
        correction: scene.correction_reason ?? reason ?? null,
      },
      membership: scene.from && { from: scene.from, to: scene.to },
      gradeless: scene.gradeless,
      codes: scene.codes,
    },
    { kind: cell.workId ? 'mark' : 'attendance', value: cell.value },
    call.today,
  )
}

function refuseConflict(typed: Typed[]): void {
  const stale = typed.filter(({ cell, scene }) => cell.version !== scene.version)
  if (stale.length === 0) return
  const current = stale.map(({ cell, scene }) => standing(cell, scene))
  throw new Refused('version-conflict', { cells: stale.map(({ n }) => n), current })
}

const commentOf = (cell: CellWrite, scene: CellRow): string | null => {
  if (cell.value === null) return null
  return cell.comment === undefined ? scene.comment : cell.comment?.trim() || null
}

function changes(cell: CellWrite, scene: CellRow): boolean {
  if (cell.value !== scene.value) return true
  // «На уроке» said for the first time is a record although no code changes.
  if (!cell.workId) return scene.version === 0
  return commentOf(cell, scene) !== scene.comment
}

const saveOf = ({ cell, scene, n }: Typed, call: Call): CellSave => ({
  id: newId(call.now.getTime()),
  lessonId: cell.lessonId,
  studentId: cell.studentId,
  workId: cell.workId ?? null,
  value: cell.value,
  comment: cell.workId ? commentOf(cell, scene) : null,
  version: scene.version,
  kind: kindOf({ cell, scene, n }, call),
})

function reasonsOf(changed: Typed[], reason: string | undefined, call: Call): Reasons {
  const given = ({ scene }: Typed) => ({ late: scene.late_reason, correction: scene.correction_reason })
  return (['late', 'correction'] as const).flatMap((kind) => {
    const wanting = changed.filter((one) => kindOf(one, call) === kind && given(one)[kind] === null)
    const lessons = [...new Set(wanting.map(({ cell }) => cell.lessonId))]
    return lessons.map((lessonId) => ({
      id: newId(call.now.getTime()),
      lessonId,
      kind,
      reason: reason ?? '',
    }))
  })
}

const placeOf = ({ lessonId, studentId, workId }: CellWrite) => ({
  lessonId,
  studentId,
  ...(workId ? { workId } : {}),
})

function savedCell(cell: CellWrite, scene: CellRow, growth: number): SavedCell {
  const comment = cell.workId ? { comment: commentOf(cell, scene) } : {}
  return { ...placeOf(cell), value: cell.value, ...comment, version: scene.version + growth }
}

const standing = (cell: CellWrite, scene: CellRow): SavedCell => ({
  ...placeOf(cell),
  value: scene.value,
  ...(cell.workId ? { comment: scene.comment } : {}),
  version: scene.version,
})

// PostgreSQL carries at most 8000 bytes in a notice; a larger change only says that there is one.
const NOTICE_BYTES = 7500

function noticeOf({ actor }: Call, journalId: string, { cells }: SavedCells): string {
  const head = { organizationId: actor.organizationId, journalId }
  const whole = JSON.stringify({ ...head, cells })
  return Buffer.byteLength(whole) <= NOTICE_BYTES ? whole : JSON.stringify({ ...head, cells: null })
}
