import { Worker } from 'node:worker_threads'
import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'
import type { SavedSearch, SearchOptions, SearchProgress } from '#domain/timetable/solver/search-api.ts'
import type { FromSearch, SearchTask, ToSearch } from './messages.ts'
import { isBetter } from './search-thread.ts'

/** How long and how wide to search. The budget is seconds of the clock, steps of each thread, or whichever ends first. */
export type SearchPlan = {
  readonly problem: TimetableProblem
  readonly options: SearchOptions
  readonly threads: number
  readonly seconds?: number
  readonly steps?: number
  /** One for each thread, of an earlier outcome. */
  readonly saved?: readonly SavedSearch[]
}

/** How the searches are doing together. */
export type SearchNews = { readonly progress: SearchProgress; readonly seconds: number }

/** What was found, and what is needed to go on. */
export type SearchOutcome = {
  readonly timetable: PlacedTimetable
  readonly progress: SearchProgress
  readonly secondsToComplete: number | null
  readonly seconds: number
  readonly saved: readonly SavedSearch[]
}

/** From where the threads run, who wants to know, and a way to stop: the best so far is kept. */
export type SearchSurroundings = {
  /** A script that calls `serveSearch` when it is not the main thread. */
  readonly script: URL
  readonly onNews?: (news: SearchNews) => void
  readonly signal?: AbortSignal
}

type Thread = { worker: Worker; last: SearchProgress | null; saved: SavedSearch | null }

/**
 * Searches in threads with seeds `seed`, `seed + 1`, …, which share the best timetable: a thread that is behind takes
 * it over. One thread and a budget of steps give the same result each time.
 */
export async function runSearch(plan: SearchPlan, around: SearchSurroundings): Promise<SearchOutcome> {
  const search = new ThreadedSearch(plan, around)
  const stop = () => search.stop()
  const timer = plan.seconds === undefined ? null : setTimeout(stop, Math.max(0, plan.seconds * 1000))
  around.signal?.addEventListener('abort', stop)
  if (around.signal?.aborted) stop()
  try {
    return await search.outcome()
  } finally {
    if (timer) clearTimeout(timer)
    around.signal?.removeEventListener('abort', stop)
    await search.end()
  }
}

class ThreadedSearch {
  private readonly began = performance.now()
  private readonly threads: Thread[]
  private readonly onNews: (news: SearchNews) => void
  private best: { progress: SearchProgress; timetable: PlacedTimetable } | null = null
  private secondsToComplete: number | null = null

  constructor(plan: SearchPlan, { script, onNews }: SearchSurroundings) {
    this.threads = Array.from({ length: plan.threads }, (_, index) => openThread(plan, script, index))
    this.onNews = onNews ?? (() => {})
  }

  stop(): void {
    for (const thread of this.threads) tell(thread, { say: 'stop' })
  }

  async outcome(): Promise<SearchOutcome> {
    await Promise.all(
      this.threads.map((thread) => untilStopped(thread, (message) => this.hear(thread, message))),
    )
    if (!this.best) throw new Error('no thread answered')
    const saved = this.threads.flatMap((thread) => (thread.saved ? [thread.saved] : []))
    return {
      ...this.best,
      secondsToComplete: this.secondsToComplete,
      seconds: this.seconds(),
      saved,
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()))
  }

  private hear(thread: Thread, message: FromSearch): void {
    thread.last = message.progress
    if (message.progress.complete) this.secondsToComplete ??= this.seconds()
    if (message.say === 'stopped') thread.saved = message.saved
    const timetable = message.say === 'stopped' ? message.best : message.better
    if (timetable) this.take(thread, message.progress, timetable)
    if (this.best) this.onNews({ progress: this.best.progress, seconds: this.seconds() })
  }

  private take(from: Thread, progress: SearchProgress, timetable: PlacedTimetable): void {
    if (this.best && !isBetter(progress, this.best.progress)) return
    this.best = { progress, timetable }
    for (const other of this.threads)
      if (other !== from && (other.last === null || isBetter(progress, other.last)))
        tell(other, { say: 'adopt', timetable })
  }

  private seconds(): number {
    return (performance.now() - this.began) / 1000
  }
}

function tell(thread: Thread, message: ToSearch): void {
  thread.worker.postMessage(message)
}

function openThread(plan: SearchPlan, script: URL, index: number): Thread {
  const { problem, options, steps = Number.MAX_SAFE_INTEGER } = plan
  const saved = plan.saved?.[index]
  const workerData: SearchTask = {
    problem,
    options: { ...options, seed: options.seed + index },
    steps,
    ...(saved ? { saved } : {}),
  }
  return { worker: new Worker(script, { workerData }), last: null, saved: null }
}

/** Resolves after the thread's last word; a thread that breaks rejects with its error. */
function untilStopped(thread: Thread, hear: (message: FromSearch) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.worker.on('message', (message: FromSearch) => {
      hear(message)
      if (message.say === 'stopped') resolve()
    })
    thread.worker.on('error', reject)
    thread.worker.on('exit', () => reject(new Error('a search thread ended without a last word')))
  })
}
