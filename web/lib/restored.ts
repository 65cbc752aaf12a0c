import type { LostOperations } from '#contract/lost-entries.ts'
import { unsaved } from '#ui/unsaved.ts'
import { call, readAfter } from './api.ts'
import { LostEntries } from './lost-operations.ts'
import { acknowledged, outbox } from './outbox.ts'
import type { Session } from './session.ts'
import { createStore } from './store.ts'

/** This browser's entries that a restore has taken back. */
export const lostEntries = new LostEntries({
  acknowledged,
  outbox,
  ask: (operationIds) =>
    call<LostOperations>('GET', `/api/restores/lost-operations?operationIds=${operationIds.join(',')}`),
})

/** Whether this page shows the journal as it was before the newest restore: what is typed into it is not sent. */
export const isOutdated = createStore(false)

/**
 * Begins to send for whoever is signed in now. A page that was read before the newest restore is read anew at once, or,
 * where something stands in it typed and not saved, when its reader says so.
 */
export async function meet(session: Session | null): Promise<void> {
  if (!session) return outbox.start(null)
  const { account, restore } = session
  const id = restore?.id ?? null
  const before = readAfter.get()
  if (before === undefined) readAfter.set(id)
  await outbox.start(account.id, id)
  if (before !== undefined && before !== id) {
    if (unsaved.get().length === 0) return location.reload()
    return isOutdated.set(true)
  }
  await lostEntries.look(account.id, id).catch(() => undefined)
}

/** What is left behind on this device when its owner signs out. */
export async function leave(): Promise<void> {
  await lostEntries.leave()
  await outbox.start(null)
}
