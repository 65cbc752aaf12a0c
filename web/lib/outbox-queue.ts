import { type Answer, delay, problemOf } from './api.ts'
import { type Outcome, referral, worthAnotherTry } from './outbox-answers.ts'
import type { Operation, OutboxStorage } from './outbox-storage.ts'
import { createStore } from './store.ts'

export { type Outcome, type Refused, wasReferred } from './outbox-answers.ts'

export type OutboxState = {
  /** Own operations on their way, in order. */
  waiting: Operation[]
  /** Own operations the server would not take; they stay until their owner decides. */
  refused: Operation[]
  /** Own operations typed into a journal that a restore has taken back: they are looked at before they are sent. */
  outdated: Operation[]
  /** How many operations of other accounts lie on this computer. */
  foreign: number
  /** Why nothing is being sent just now. */
  pause: 'no-connection' | 'busy' | 'signed-out' | 'restored' | null
  /** Whether what waits outlives a closed page. */
  keeping: Keeping
}

/** On this computer's disk, on its way there, or only in the page because the browser keeps nothing. */
export type Keeping = 'kept' | 'being-kept' | 'impossible'

export type OutboxWorld = {
  storage: Promise<OutboxStorage>
  send: (operation: Operation) => Promise<Answer>
  newId: () => string
  now: () => Date
  /** Runs the work while no other tab of this browser does. */
  alone: (work: () => Promise<void>) => Promise<void>
  later: (milliseconds: number, work: () => void) => void
  /** Settles when the person has signed in again. */
  signedIn: () => Promise<void>
  /** Keeps what was saved, in case a restore takes it back. */
  acknowledged: (operation: Operation) => void
  /** Asks which restore the journal goes on from: it is another than this page has read. */
  restored: () => void
  /** Tells the other tabs. */
  tell: (news: 'changed' | Outcome) => void
}

/**
 * The queue of unsent operations: kept before sent, sent one by one in order, kept until the server has answered.
 * Network and server trouble are waited out, an ended session waits for its owner, a refusal waits for a decision.
 */
export class Outbox {
  readonly state = createStore<OutboxState>({
    waiting: [],
    refused: [],
    outdated: [],
    foreign: 0,
    pause: null,
    keeping: 'kept',
  })
  private readonly world: OutboxWorld
  private readonly listeners = new Set<(outcome: Outcome) => void>()
  private readonly outcomes: Outcome[] = []
  private account: string | null = null
  // The one this page has read its journal after, and the newest there is.
  private readRestore: string | null | undefined
  private restore: string | null = null
  private chain: Promise<unknown> = Promise.resolve()
  private attempt = 0
  private timer = 0
  private sending = false
  private askedAgain = false
  // Typed a moment ago and perhaps not yet on the disk.
  private fresh: Operation[] = []
  // A full disk or a forbidding browser: what is fresh stays in memory until it has been sent.
  private keepingFailed = false

  constructor(world: OutboxWorld) {
    this.world = world
  }

  /** From now on this account's operations are sent, and nobody else's; not those typed before the newest restore. */
  async start(accountId: string | null, restore: string | null = null) {
    this.account = accountId
    if (accountId) {
      // One page reads the journal once: what is typed into it later belongs to what it has read.
      if (this.readRestore === undefined) this.readRestore = restore
      this.restore = restore
    }
    await this.reload()
    await this.flush()
  }

  /** Takes an operation at once; the answer comes through `onOutcome`. */
  enqueue(order: Pick<Operation, 'method' | 'path' | 'body'>): string {
    if (!this.account) throw new Error('nobody is signed in')
    const operation: Operation = {
      ...order,
      operationId: this.world.newId(),
      accountId: this.account,
      refused: null,
      restore: this.readRestore ?? null,
      typedAt: this.world.now().toISOString(),
    }
    this.fresh.push(operation)
    const { waiting, outdated, keeping } = this.state.get()
    this.change({
      ...(this.isOutdated(operation)
        ? { outdated: [...outdated, operation] }
        : { waiting: [...waiting, operation] }),
      keeping: keeping === 'kept' ? 'being-kept' : keeping,
    })
    void this.keep(operation).then(() => this.sendUnlessPaused())
    return operation.operationId
  }

  /** Gives up refused operations, or clears them away when their owner has decided otherwise. */
  async dismiss(operationIds: string[]) {
    await this.inTurn(async (storage) => {
      for (const operationId of operationIds) await storage.remove(operationId)
    })
    this.world.tell('changed')
    await this.reload()
  }

  /** Keeps less of a refused operation: the rest of it is settled or on its way in another one. */
  async amend(operation: Operation) {
    await this.inTurn(async (storage) => {
      const kept = await storage.all()
      // Given up meanwhile, it must not come back.
      if (kept.some(({ operationId }) => operationId === operation.operationId)) await storage.put(operation)
    })
    this.world.tell('changed')
    await this.reload()
  }

  /** Sends a refused operation once more, under a new id: the server remembers its answer to the old one. */
  async retry(operationId: string) {
    const operation = this.state.get().refused.find((one) => one.operationId === operationId)
    if (!operation) return
    const { newId, now } = this.world
    const again = { ...operation, operationId: newId(), refused: null, typedAt: now().toISOString() }
    await this.inTurn((storage) => storage.put(again))
    await this.dismiss([operationId])
    await this.flush()
  }

  /** How many operations have been settled since this page was loaded. */
  get settled(): number {
    return this.outcomes.length
  }

  /** Hears what becomes of operations: at once of those settled after the first `since`, then of all others. */
  onOutcome(listener: (outcome: Outcome) => void, since = this.settled): () => void {
    this.listeners.add(listener)
    for (const outcome of this.outcomes.slice(since)) listener(outcome)
    return () => void this.listeners.delete(listener)
  }

  /** News from another tab. */
  async heard(news: 'changed' | Outcome) {
    await this.reload()
    if (news !== 'changed') this.settle(news)
  }

  /** Sends what waits, whatever it was waiting for. */
  async flush(): Promise<void> {
    this.change({ pause: null })
    await this.sendUnlessPaused()
  }

  // What is typed during a pause joins the queue and waits with it. Asked again while it is busy, it looks once
  // more before it stops.
  private async sendUnlessPaused() {
    this.askedAgain = true
    if (this.sending || !this.account) return
    this.sending = true
    try {
      while (this.askedAgain && !this.state.get().pause) {
        this.askedAgain = false
        await this.world.alone(() => this.sendAll())
      }
    } finally {
      this.sending = false
    }
  }

  private async sendAll() {
    // Another tab may have sent some of them meanwhile.
    await this.reload()
    for (let next = this.state.get().waiting[0]; next; next = this.state.get().waiting[0]) {
      if (!(await this.sendOne(next))) return
    }
  }

  /** Whether the next one may follow at once. */
  private async sendOne(operation: Operation): Promise<boolean> {
    const answer = await this.world.send(operation)
    if (answer.status >= 200 && answer.status < 300) {
      const refused = referral(answer)
      if (!refused) this.world.acknowledged(operation)
      await this.finish(operation, refused ? { operation, refused } : { operation, saved: answer.body })
      return true
    }
    if (this.waitsForOwner(answer)) return false
    if (worthAnotherTry(answer, this.attempt)) {
      this.attempt += 1
      this.change({ pause: answer.status === 0 ? 'no-connection' : 'busy' })
      this.wakeAfter(delay(this.attempt, answer.retryAfter))
      return false
    }
    const refused = { status: answer.status, problem: problemOf(answer) }
    await this.finish(operation, { operation: { ...operation, refused }, refused })
    return true
  }

  /** Whether nothing is sent before its owner has signed in or has read the journal anew. */
  private waitsForOwner(answer: Answer): boolean {
    if (answer.status === 401) {
      this.change({ pause: 'signed-out' })
      void this.world.signedIn().then(() => this.flush())
      return true
    }
    if (problemOf(answer).refusal !== 'journal-restored') return false
    this.change({ pause: 'restored' })
    this.world.restored()
    return true
  }

  // Only the latest alarm counts: a flush by hand in between has set a new one or needs none.
  private wakeAfter(milliseconds: number) {
    this.timer += 1
    const turn = this.timer
    this.world.later(milliseconds, () => {
      if (turn === this.timer) void this.flush()
    })
  }

  private async finish(operation: Operation, outcome: Outcome) {
    this.attempt = 0
    this.fresh = this.fresh.filter(({ operationId }) => operationId !== operation.operationId)
    await this.inTurn((storage) =>
      outcome.operation.refused ? storage.put(outcome.operation) : storage.remove(operation.operationId),
    )
    await this.reload()
    this.world.tell(outcome)
    this.settle(outcome)
  }

  private settle(outcome: Outcome) {
    this.outcomes.push(outcome)
    for (const listener of this.listeners) listener(outcome)
  }

  private async keep(operation: Operation) {
    try {
      await this.inTurn((storage) => storage.put(operation))
      this.fresh = this.fresh.filter((one) => one !== operation)
      this.world.tell('changed')
    } catch {
      this.keepingFailed = true
    }
    this.change({ keeping: this.keepingIn(await this.world.storage) })
  }

  private reload(): Promise<void> {
    return this.inTurn(async (storage) => {
      const kept = await storage.all()
      const known = new Set(kept.map(({ operationId }) => operationId))
      const all = [...kept, ...this.fresh.filter(({ operationId }) => !known.has(operationId))]
      const own = all.filter(({ accountId }) => accountId === this.account)
      const current = own.filter((operation) => !this.isOutdated(operation))
      this.change({
        waiting: current.filter(({ refused }) => !refused),
        refused: current.filter(({ refused }) => refused),
        outdated: own.filter((operation) => this.isOutdated(operation)),
        foreign: all.length - own.length,
        keeping: this.keepingIn(storage),
      })
    })
  }

  private isOutdated({ restore = null }: Operation): boolean {
    return restore !== this.restore
  }

  private keepingIn({ durable }: OutboxStorage): Keeping {
    if (this.fresh.length === 0) this.keepingFailed = false
    if (!durable || this.keepingFailed) return 'impossible'
    return this.fresh.length > 0 ? 'being-kept' : 'kept'
  }

  // One after another, so that a reading of the storage never misses what is just being written to it.
  private inTurn<Result>(work: (storage: OutboxStorage) => Promise<Result>): Promise<Result> {
    const next = this.chain.then(() => this.world.storage).then(work)
    this.chain = next.catch(() => undefined)
    return next
  }

  private change(change: Partial<OutboxState>) {
    this.state.set({ ...this.state.get(), ...change })
  }
}
