import type { PutCells } from '#contract/gradebook.ts'
import type { PutAttendance, PutHomework, PutRecord } from '#contract/lessons.ts'
import type { DecideReferred, ReferredOutcome } from '#contract/referrals.ts'
import { decisionRefusal } from '#domain/lessons/referral.ts'
import { enterCells } from '#modules/gradebook/index.ts'
import { putAttendance, putHomework, putRecord } from '#modules/lessons/index.ts'
import { type KeptEntry, readKeptEntry, settleReferred } from '#modules/referrals/index.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { lockLessons, writeAsAuthor, writeAsBefore } from './decisions.sql.ts'

/**
 * Decides about an entry that came for a closed lesson (4.5), once. Applying writes it by the same use case as its
 * author would have, over the records as whoever decides saw them: `version-conflict` when they have changed since.
 * History names the author; the entry itself, and through it the history, whoever let it in.
 */
export async function decide(call: Call, id: string, sent: DecideReferred): Promise<ReferredOutcome> {
  const entry = await readKeptEntry(call, id, null)
  if (!entry) throw new NotFound()
  const refusal = decisionRefusal(entry.state, call.actor.roles, entry.openerRoles)
  if (refusal) throw new Refused(refusal)
  const { reason, version } = sent
  const state = sent.decision === 'apply' ? 'applied' : 'declined'
  if (!(await settleReferred(call, id, { state, reason, version }))) throw new Refused('version-conflict')
  if (state === 'applied') await apply(call, entry, sent)
  return { id, state, version: version + 1 }
}

async function apply(call: Call, entry: KeptEntry, sent: DecideReferred): Promise<void> {
  await lockLessons(call, lessonsOf(entry))
  const actor = { ...call.actor, personId: entry.authorId }
  const asAuthor: Call = { ...call, actor, reach: new Set(['own-journal', 'substituted-lesson']) }
  const before = await writeAsAuthor(call, entry.id)
  try {
    await write(asAuthor, entry, sent)
  } catch (error) {
    // Its author no longer teaches this lesson, or the work it was about is gone.
    if (error instanceof NotFound) throw new Refused('entry-fits-no-more')
    throw error
  }
  await writeAsBefore(call, before)
}

const lessonsOf = ({ kind, lessonId, body }: KeptEntry): string[] =>
  kind === 'cells' ? (body as PutCells).cells.map((cell) => cell.lessonId) : [lessonId]

// What is kept was parsed by the contract of its operation when it came.
function write(call: Call, { kind, journalId, lessonId, body }: KeptEntry, sent: DecideReferred) {
  const { lateReason = sent.reason } = body as { lateReason?: string }
  const now = { lateReason, version: sent.seen[0] ?? 0 }
  const seenAt = (n: number) => sent.seen[n] ?? 0
  const seen = <Line extends object>(lines: Line[]) =>
    lines.map((line, n) => ({ ...line, version: seenAt(n) }))
  switch (kind) {
    case 'cells':
      return enterCells(call, journalId, { cells: seen((body as PutCells).cells), lateReason }, true)
    case 'attendance': {
      const children = seen((body as PutAttendance).children)
      return putAttendance(call, lessonId, { children, lateReason }, true)
    }
    case 'record':
      return putRecord(call, lessonId, { ...(body as PutRecord), ...now }, true)
    case 'homework':
      return putHomework(call, lessonId, { ...(body as PutHomework), ...now }, true)
  }
}
