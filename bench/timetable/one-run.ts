import { openSearch } from '#domain/timetable/solver/search.ts'
import { problemOf } from './problems.ts'

/**
 * One measured run in a process of its own, so that its processor time and memory are nobody else's:
 *   one-run <problem> <seed> <limit> <polishUntil> [<where the result goes>]
 * Processor seconds count from the start of the process. The last line of output is `OneRun` as JSON.
 */
export type OneRun = {
  complete: boolean
  placed: number
  total: number
  /** Processor seconds until the first complete timetable, reading and preparing included. */
  cpuToComplete: number | null
  cpu: number
  softCost: number
  memoryMb: number
  start: number[]
  room: number[]
}

const SLICE_SECONDS = 0.02

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function run([name = '', seed = '1', limit = '60', polishUntil = '0']: string[]): Promise<OneRun> {
  const problem = await problemOf(name)
  const search = openSearch(problem, { seed: Number(seed) })
  let progress = search.run(0)
  let cpuToComplete = progress.complete ? cpuSeconds() : null
  let slice = 100
  let now = cpuSeconds()
  while (!progress.finished && now < (progress.complete ? Number(polishUntil) : Number(limit))) {
    progress = search.run(slice)
    const after = cpuSeconds()
    slice = Math.max(
      1,
      Math.min(slice * 4, Math.round((slice * SLICE_SECONDS) / Math.max(after - now, 1e-4))),
    )
    now = after
    if (progress.complete) cpuToComplete ??= now
  }
  progress = search.run(0)
  const { start, room } = search.best()
  return {
    complete: progress.complete,
    placed: progress.placed,
    total: progress.total,
    cpuToComplete,
    cpu: cpuSeconds(),
    softCost: progress.softCost,
    memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    start: [...start],
    room: [...room],
  }
}

console.log(JSON.stringify(await run(process.argv.slice(2))))
