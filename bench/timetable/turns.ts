import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { confirmed, fetRun } from './judge.ts'
import type { OneRun } from './one-run.ts'
import { ownRun } from './own-run.ts'
import { lockedFet } from './problems.ts'

/** One file, one seed, both programs; softCost is FET's own count of the result, `null` when it confirmed none. */
export type Turn = {
  file: string
  seed: number
  fet: { complete: boolean; cpu: number; softCost: number | null }
  own: { complete: boolean; cpu: number | null; softCost: number | null; placed: number; total: number }
}

/**
 * Both in turns, so that a slow minute of the machine meets both. Ours polishes until it has had as much processor
 * time as fet-cl took, then FET counts it.
 */
export function takeTurns(file: string, seed: number, limit: number, folder: string): Turn {
  mkdirSync(folder, { recursive: true })
  const fet = fetRun(file, { seed, seconds: limit, folder: join(folder, 'fet') })
  const own = ownRun(file, { seed, limit, polishUntil: fet.complete ? fet.cpu : 0 })
  return {
    file: basename(file),
    seed,
    fet: { complete: fet.complete, cpu: fet.cpu, softCost: fet.softCost },
    own: {
      complete: own.complete,
      cpu: own.cpuToComplete,
      softCost: own.complete ? judged(file, own, folder) : null,
      placed: own.placed,
      total: own.total,
    },
  }
}

/** FET's count of our result; a result that it does not confirm is a failure of ours, said aloud. */
function judged(file: string, { start, room }: OneRun, folder: string): number {
  const path = join(folder, 'own.fet')
  writeFileSync(path, lockedFet(file, { start: Int32Array.from(start), room: Int32Array.from(room) }))
  const verdict = confirmed(path, join(folder, 'judge'))
  if (verdict.softCost === null) throw new Error(`${basename(file)}: FET does not confirm our result`)
  return verdict.softCost
}
