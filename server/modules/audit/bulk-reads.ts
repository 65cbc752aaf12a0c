import type { BulkReads, SeeBulkRead } from '#contract/audit.ts'
import type { Versioned } from '#contract/people.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { isHeldToday, readBulkReads, saveSeen } from './audit.sql.ts'

/** Bursts of opening many children's data; told to the officer, and to the director where there is none. */
export async function listBulkReads(call: Call): Promise<BulkReads> {
  if (!(await isTold(call))) return { reads: [] }
  const reads = await readBulkReads(call)
  return {
    reads: reads.map(({ firstAt, lastAt, seenAt, ...read }) => ({
      ...read,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
    })),
  }
}

export async function isTold(call: Call): Promise<boolean> {
  return call.actor.roles.includes('journal-officer') || !(await isHeldToday(call, 'journal-officer'))
}

/** Somebody has looked at it; it leaves the screen and stays in the list. */
export async function seeBulkRead(call: Call, id: string, { version }: SeeBulkRead): Promise<Versioned> {
  const saved = await saveSeen(call, { id, version })
  if (saved === 'missing') throw new NotFound()
  if (saved === 'taken') throw new Refused('version-conflict')
  await recordAudit(call, { action: 'bulk-read.seen', resource: 'bulk-read', resourceId: id })
  return { version: version + 1 }
}
