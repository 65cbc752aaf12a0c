import type { Referred } from '#contract/referrals.ts'
import type { Call } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { type Entering, insertReferred } from './referrals.sql.ts'

const CLOSED: ReadonlySet<string> = new Set(['window-closed', 'period-closed'])

/**
 * Makes an entry or, when its lesson is closed, keeps it for a decision instead of dropping it (4.5). The rule says
 * no before anything is written or left for the commit, so the same transaction may go on. Refused as before once an
 * author has too many entries waiting.
 */
export async function orRefer<Saved>(
  call: Call,
  entering: Entering,
  make: () => Promise<Saved>,
): Promise<Saved | Referred> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof Refused && CLOSED.has(error.refusal))) throw error
    const id = newId(call.now.getTime())
    if (!(await insertReferred(call, id, entering))) throw error
    return { referred: id }
  }
}
