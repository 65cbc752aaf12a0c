import { AcknowledgedEntries } from './acknowledged.ts'
import { send } from './api.ts'
import { newId } from './identifiers.ts'
import { Outbox, type Outcome } from './outbox-queue.ts'
import { openOutboxStorage } from './outbox-storage.ts'
import { queryClient } from './query-client.ts'
import { sessionQuery } from './session.ts'
import { waitForSignIn } from './sign-in-gate.ts'

const tabs = new BroadcastChannel('zhuravl.outbox')

/** What this browser has seen saved of late. */
export const acknowledged = new AcknowledgedEntries(
  openOutboxStorage('zhuravl-acknowledged'),
  () => new Date(),
)

/** This browser's unsent operations. */
export const outbox = new Outbox({
  storage: openOutboxStorage(),
  send: ({ method, path, ...sending }) => send(method, path, sending),
  newId,
  now: () => new Date(),
  alone,
  later: (milliseconds, work) => setTimeout(work, milliseconds),
  signedIn: waitForSignIn,
  // A browser that keeps nothing has nothing to give back.
  acknowledged: (operation) => void acknowledged.keep(operation).catch(() => undefined),
  restored: () => void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey }),
  tell: (news) => tabs.postMessage(news),
})

/** A page of the server, and how many operations had been settled when it was asked for. */
export type ReadPage<Page> = Page & { settledBefore: number }

/** Reads a page so that whoever shows it can hear what was settled while it was on its way. */
export async function readPage<Page>(read: () => Promise<Page>): Promise<ReadPage<Page>> {
  const settledBefore = outbox.settled
  return { ...(await read()), settledBefore }
}

tabs.onmessage = (event: MessageEvent<'changed' | Outcome>) => void outbox.heard(event.data)
addEventListener('online', () => void outbox.flush())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void outbox.flush()
})
addEventListener('beforeunload', (event) => {
  if (outbox.state.get().waiting.length > 0) event.preventDefault()
})

// Locks exist only on secure origins. Without them two tabs may send the same operation at once, which the
// server answers once.
async function alone(work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request('zhuravl.outbox', work)
  else await work()
}
