import { setImmediate } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import { openSearch, resumeSearch } from '#domain/timetable/solver/search.ts'
import type { SearchProgress, TimetableSearch } from '#domain/timetable/solver/search-api.ts'
import type { FromSearch, SearchTask, ToSearch } from './messages.ts'

/** Long enough that messages cost nothing, short enough that a word to stop is heard at once. */
const SLICE_MS = 25
const REPORT_MS = 150

/** The body of a search thread: works in slices, reports what is better, hears its owner between slices. */
export async function serveSearch(port: MessagePort, task: SearchTask): Promise<void> {
  const search = task.saved ? resumeSearch(task.problem, task.saved) : openSearch(task.problem, task.options)
  let stopped = false
  port.on('message', (message: ToSearch) => {
    if (message.say === 'stop') stopped = true
    else search.adopt(message.timetable)
  })

  const report = reporterTo(port, search)
  let progress = search.run(0)
  let slice = 200
  let left = task.steps
  while (left > 0 && !stopped && !progress.finished) {
    const steps = Math.min(slice, left)
    const from = performance.now()
    progress = search.run(steps)
    const now = performance.now()
    left -= steps
    report(progress, now)
    const perStep = Math.max((now - from) / steps, 1e-5)
    slice = Math.max(1, Math.min(steps * 4, Math.round(SLICE_MS / perStep)))
    // Messages arrive only between turns of the event loop.
    await setImmediate()
  }
  say(port, { say: 'stopped', progress: search.run(0), best: search.best(), saved: search.save() })
  port.close()
}

function reporterTo(port: MessagePort, search: TimetableSearch) {
  let last: SearchProgress | null = null
  let lastAt = 0
  return (progress: SearchProgress, now: number) => {
    const first = progress.complete && !last?.complete
    if (!first && now - lastAt < REPORT_MS) return
    const better = last === null || isBetter(progress, last)
    last = better ? search.run(0) : progress
    say(port, { say: 'progress', progress: last, ...(better ? { better: search.best() } : {}) })
    lastAt = now
  }
}

/** Whether one timetable is better than another: more cards placed, then fewer units broken, then cheaper. */
export function isBetter(a: SearchProgress, b: SearchProgress): boolean {
  if (a.placed !== b.placed) return a.placed > b.placed
  if (a.broken !== b.broken) return a.broken < b.broken
  return a.softCost < b.softCost - 1e-9
}

function say(port: MessagePort, message: FromSearch): void {
  port.postMessage(message)
}
