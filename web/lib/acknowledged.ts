import type { Operation, OutboxStorage } from './outbox-storage.ts'

/** An operation the server has answered with success, and when that was by this computer's clock. */
export type Acknowledged = Operation & { acknowledgedAt: string }

/** As long as copies of every minute are kept: no restore goes back further. */
export const KEPT_DAYS = 7
/** Some weeks of one teacher; what is older goes first. */
export const KEPT_MOST = 2_000

const DAY_MS = 86_400_000

/** What the server has acknowledged of late, kept on this device in case a restore takes it back: ids and values only. */
export class AcknowledgedEntries {
  private readonly storage: Promise<OutboxStorage>
  private readonly now: () => Date

  constructor(storage: Promise<OutboxStorage>, now: () => Date) {
    this.storage = storage
    this.now = now
  }

  async keep(operation: Operation): Promise<void> {
    const entry: Acknowledged = { ...operation, refused: null, acknowledgedAt: this.now().toISOString() }
    await (await this.storage).put(entry)
  }

  /** Those of one account in the order in which they were saved; what has grown old is forgotten, whosever it is. */
  async of(accountId: string): Promise<Acknowledged[]> {
    const storage = await this.storage
    const all = (await storage.all()) as Acknowledged[]
    const since = new Date(this.now().getTime() - KEPT_DAYS * DAY_MS).toISOString()
    const left = all.filter(({ acknowledgedAt }) => acknowledgedAt >= since).slice(-KEPT_MOST)
    const kept = new Set(left)
    for (const entry of all) if (!kept.has(entry)) await storage.remove(entry.operationId)
    return left.filter((entry) => entry.accountId === accountId)
  }

  async change(entry: Acknowledged): Promise<void> {
    await (await this.storage).put(entry)
  }

  async forget(operationIds: readonly string[]): Promise<void> {
    const storage = await this.storage
    for (const operationId of operationIds) await storage.remove(operationId)
  }

  /** Whoever leaves this device leaves nothing of this behind. */
  async forgetAllOf(accountId: string): Promise<void> {
    await this.forget((await this.of(accountId)).map(({ operationId }) => operationId))
  }
}
