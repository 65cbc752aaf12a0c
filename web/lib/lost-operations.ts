import type { LostOperations } from '#contract/lost-entries.ts'
import { ASKED_AT_ONCE } from '#domain/backups/lost-entries.ts'
import type { Acknowledged, AcknowledgedEntries } from './acknowledged.ts'
import type { Outbox } from './outbox-queue.ts'
import type { Operation } from './outbox-storage.ts'
import { createStore } from './store.ts'

/** An operation of one's own that a restore has taken back, or that was typed before it and has not left. */
export type LostOperation = Operation & Partial<Pick<Acknowledged, 'acknowledgedAt'>>

type World = {
  acknowledged: AcknowledgedEntries
  outbox: Pick<Outbox, 'state' | 'dismiss' | 'amend'>
  /** Which of these operations the server does not know. */
  ask: (operationIds: readonly string[]) => Promise<LostOperations>
}

// What waits unsent and does not tell its time came after everything that has been saved.
const typedAt = ({ typedAt, acknowledgedAt }: LostOperation) => typedAt ?? acknowledgedAt ?? '~'
const byTyping = (one: LostOperation, other: LostOperation) =>
  Number(typedAt(one) > typedAt(other)) - Number(typedAt(one) < typedAt(other))

/** What a restore has taken back and this device still knows, until its author has decided about each entry. */
export class LostEntries {
  /** In the order in which they were typed. */
  readonly state = createStore<readonly LostOperation[]>([])
  private readonly world: World
  private account: string | null = null

  constructor(world: World) {
    this.world = world
  }

  /** Looks for what this account has typed before the newest restore; asks the server only when there is some. */
  async look(accountId: string, restore: string | null): Promise<void> {
    this.account = accountId
    const { acknowledged, outbox } = this.world
    const before = (await acknowledged.of(accountId)).filter((entry) => (entry.restore ?? null) !== restore)
    const unsent = outbox.state.get().outdated
    // What waits here unsent since an earlier restore is older than what was saved after that one.
    const all = [...before, ...unsent].sort(byTyping)
    const lost = new Set(await this.lostOf(all.map(({ operationId }) => operationId)))
    // What the journal holds is safe: of that nobody is asked again.
    for (const entry of before)
      if (!lost.has(entry.operationId)) await acknowledged.change({ ...entry, restore })
    await outbox.dismiss(
      unsent.map(({ operationId }) => operationId).filter((operationId) => !lost.has(operationId)),
    )
    if (this.account === accountId) this.state.set(all.filter(({ operationId }) => lost.has(operationId)))
  }

  /** Forgets what was decided about: nothing of an operation is left, or less of it. */
  async settle(operation: LostOperation, left: LostOperation | null): Promise<void> {
    const { acknowledged, outbox } = this.world
    const { operationId } = operation
    if (operation.acknowledgedAt === undefined)
      await (left ? outbox.amend(left) : outbox.dismiss([operationId]))
    else if (left) await acknowledged.change(left as Acknowledged)
    else await acknowledged.forget([operationId])
    const rest = this.state.get().map((one) => (one.operationId === operationId ? left : one))
    this.state.set(rest.filter((one) => one !== null))
  }

  /** Whoever leaves this device leaves nothing of this behind; what has never been sent stays for its owner. */
  async leave(): Promise<void> {
    if (this.account) await this.world.acknowledged.forgetAllOf(this.account)
    this.account = null
    this.state.set([])
  }

  private async lostOf(operationIds: string[]): Promise<string[]> {
    const lost: string[] = []
    for (let from = 0; from < operationIds.length; from += ASKED_AT_ONCE)
      lost.push(...(await this.world.ask(operationIds.slice(from, from + ASKED_AT_ONCE))).lost)
    return lost
  }
}
