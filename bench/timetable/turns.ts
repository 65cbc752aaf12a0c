import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { confirmed, fetRun } from './judge.ts'
import type { OneRun } from './one-run.ts'
import { ownRun } from './own-run.ts'
import { lockedFet } from './problems.ts'

/**
 * One file, one seed, both programs; softCost is FET's own count of the result, `null` when it confirmed none. A
 * timetable of ours that FET does not confirm is none: `refused`, unless FET calls the data of the file itself wrong,
 * and would say so of every timetable.
 */
export type Turn = {
  file: string
  seed: number
  fet: { complete: boolean; cpu: number; softCost: number | null }
  own: {
    complete: boolean
    refused: boolean
    cpu: number | null
    softCost: number | null
    placed: number
    total: number
  }
}

/** What fet-cl says when it does not even begin. */
const WRONG_DATA = 'data is wrong'

/** Seconds that both may have at least. */
const LEAST = 1

/**
 * Both in turns, so that a slow minute of the machine meets both. Ours polishes until it has had as much processor
 * time as fet-cl took, or a second where that is more, which fet-cl has no use for: it stops when all is placed. Then
 * FET counts it.
 */
export function takeTurns(file: string, seed: number, limit: number, folder: string): Turn {
  mkdirSync(folder, { recursive: true })
  const fet = fetRun(file, { seed, seconds: limit, folder: join(folder, 'fet') })
  const own = ownRun(file, { seed, limit, polishUntil: fet.complete ? Math.max(LEAST, fet.cpu) : 0 })
  const softCost = own.complete ? judged(file, own, folder) : null
  return {
    file: basename(file),
    seed,
    fet: { complete: fet.complete, cpu: fet.cpu, softCost: fet.softCost },
    own: {
      complete: softCost !== null,
      refused: own.complete && softCost === null && !fet.why.includes(WRONG_DATA),
      cpu: own.cpuToComplete,
      softCost,
      placed: own.placed,
      total: own.total,
    },
  }
}

/** FET's count of our result; `null` when it does not confirm it within its time. */
function judged(file: string, { start, room }: OneRun, folder: string): number | null {
  const path = join(folder, 'own.fet')
  writeFileSync(path, lockedFet(file, { start: Int32Array.from(start), room: Int32Array.from(room) }))
  return confirmed(path, join(folder, 'judge')).softCost
}
