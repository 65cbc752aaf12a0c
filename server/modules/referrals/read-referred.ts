import type {
  ReferredEntries,
  ReferredEntry,
  ReferredOutcome,
  WithdrawReferred,
} from '#contract/referrals.ts'
import { withdrawalRefusal } from '#domain/lessons/referral.ts'
import { mayOpenWindows } from '#domain/lessons/window.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import {
  type ReferredRow,
  readKeptEntry,
  readReferred,
  readReferredState,
  settleReferred,
} from './referrals.sql.ts'

/** Entries for closed lessons: all of the organisation for control (6.3), or one's own. */
export async function readReferredEntries(call: Call, whose: 'all' | 'own'): Promise<ReferredEntries> {
  const author = whose === 'own' ? call.actor.personId : null
  const found = await readReferred(call, author)
  const { openerRoles, waiting } = await readReferredState(call, author)
  const mayDecide = whose === 'all' && mayOpenWindows(call.actor.roles, openerRoles)
  return { mayDecide, waiting, entries: found.map(entryOf) }
}

const entryOf = ({ referredAt, decidedAt, decidedBy, reason, ...entry }: ReferredRow): ReferredEntry => ({
  ...entry,
  referredAt: referredAt.toISOString(),
  decision: decidedAt && { by: decidedBy, at: decidedAt.toISOString(), reason },
})

/** Takes one's own entry back while nobody has decided about it. */
export async function withdrawReferred(
  call: Call,
  id: string,
  { version }: WithdrawReferred,
): Promise<ReferredOutcome> {
  const entry = await readKeptEntry(call, id, call.actor.personId)
  if (!entry) throw new NotFound()
  const refusal = withdrawalRefusal(entry.state)
  if (refusal) throw new Refused(refusal)
  if (!(await settleReferred(call, id, { state: 'withdrawn', reason: null, version })))
    throw new Refused('version-conflict')
  return { id, state: 'withdrawn', version: version + 1 }
}
