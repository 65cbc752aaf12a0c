import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { confirmed, fetRun, type Verdict } from './judge.ts'
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

/** What a wish weighs of its own weight when FET is asked again. */
const LIGHTER = 0.1

/** Seconds that both may have at least. */
const LEAST = 1

/** What fet-cl did with a file; kept apart, it need not be waited for again when only our engine is another. */
export type FetTurn = { file: string; seed: number; verdict: Verdict }

/** fet-cl's turn, with so many seconds of the processor. */
export function fetTurn(file: string, seed: number, limit: number, folder: string): FetTurn {
  mkdirSync(folder, { recursive: true })
  const verdict = fetRun(file, { seed, seconds: limit, folder: join(folder, 'fet') })
  return { file: basename(file), seed, verdict }
}

/**
 * Our turn. Ours polishes until it has had as much processor time as fet-cl took, or a second where that is more, which
 * fet-cl has no use for: it stops when all is placed. Then FET counts it.
 */
export function ownTurn(file: string, { seed, verdict: fet }: FetTurn, limit: number, folder: string): Turn {
  mkdirSync(folder, { recursive: true })
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

/**
 * FET's count of our result; `null` when it does not confirm it within its time. FET keeps wishes by drawing lots, so
 * that a lesson locked against many wishes of 95 % takes it longer than it is given; then they are made lighter, which
 * leaves what is allowed as it is and the count in proportion (two files of many such wishes: both counts the same to
 * three places).
 */
function judged(file: string, { start, room }: OneRun, folder: string): number | null {
  const locked = lockedFet(file, { start: Int32Array.from(start), room: Int32Array.from(room) })
  const count = (text: string) => {
    const path = join(folder, 'own.fet')
    writeFileSync(path, text)
    return confirmed(path, join(folder, 'judge')).softCost
  }
  const cost = count(locked)
  if (cost !== null) return cost
  const light = count(lightened(locked))
  return light === null ? null : light / LIGHTER
}

/** The file with every wish worth less; what is hard stays hard. */
function lightened(text: string): string {
  return text.replace(/(?<=<Weight_Percentage>)[\d.]+(?=<)/g, (weight) =>
    Number(weight) < 100 ? String(Number(weight) * LIGHTER) : weight,
  )
}
