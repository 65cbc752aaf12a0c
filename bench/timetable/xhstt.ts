import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NOWHERE } from '#domain/timetable/problem.ts'
import { openSearch } from '#domain/timetable/solver/search.ts'
import type { TimetableSearch } from '#domain/timetable/solver/search-api.ts'
import {
  evaluateXhstt,
  fileFaultLine,
  problemOfXhstt,
  readXhstt,
  solutionOfTimetable,
  type XhsttArchive,
  type XhsttEvaluation,
  type XhsttProblem,
} from '#modules/timetable/index.ts'

type Instance = XhsttArchive['instances'][number]
type Solution = XhsttArchive['solutions'][number]

/** CPU seconds without a complete timetable after which cards that do not fit are split otherwise. */
const PATIENCE = 3
const STEPS = 20_000

const cost = ({ infeasibility, objective }: XhsttEvaluation) => `${infeasibility}/${objective}`

/**
 * `node scripts/run.mjs --entry bench/timetable/xhstt.ts FOLDER [SECONDS [SEED]]`: costs of the published solutions
 * beside what they report, and what our search finds in so many CPU seconds beside the best of them.
 */
function main([folder = '.', seconds = '0', seed = '1']: string[]): void {
  const agreements: boolean[] = []
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.xml'))) {
    const { archive, faults } = readXhstt(readFileSync(join(folder, file), 'utf8'), file)
    for (const fault of faults) console.log(fileFaultLine(fault))
    for (const instance of archive?.instances ?? []) {
      const own = archive?.solutions.filter((solution) => solution.instance === instance.id) ?? []
      const found = own.map((solution) => evaluateXhstt(instance, solution))
      agreements.push(...own.flatMap((solution, index) => compare(solution, found[index])))
      if (Number(seconds) > 0) search(instance, Number(seconds), Number(seed), found)
    }
  }
  console.log(`Совпало с сообщённым: ${agreements.filter(Boolean).length} из ${agreements.length}`)
}

/** Whether the solution costs what it reports; nothing when it reports nothing. */
function compare(solution: Solution, found: XhsttEvaluation | undefined): boolean[] {
  const { instance, group, report } = solution
  const ours = found ? cost(found) : ''
  const said = report && `${report.infeasibility}/${report.objective}`
  console.log(`${instance}  ${group}: ${ours}, автор: ${said ?? 'не сообщено'}`)
  return said === null ? [] : [said === ours]
}

function search(instance: Instance, seconds: number, seed: number, known: readonly XhsttEvaluation[]): void {
  const [best] = [...known].sort((a, b) => a.infeasibility - b.infeasibility || a.objective - b.objective)
  const ours = ownSolution(instance, seconds, seed) ?? 'не переводится'
  console.log(`${instance.id}  наше за ${seconds} с: ${ours}, лучшее: ${best ? cost(best) : 'нет'}`)
}

function ownSolution(instance: Instance, seconds: number, seed: number): string | null {
  const left = budget(seconds)
  let passedOver: ReadonlyMap<number, number> = new Map()
  for (;;) {
    const laid = problemOfXhstt(instance, passedOver)
    if (!laid) return null
    const running = openSearch(laid.problem, { seed })
    const isComplete = runFor(running, Math.min(PATIENCE, left()))
    const waiting = isComplete ? [] : unplacedEvents(laid, running)
    if (waiting.length === 0) runFor(running, left(), true)
    if (left() <= 0 || waiting.length === 0)
      return cost(evaluateXhstt(instance, solutionOfTimetable(instance, laid, running.best())))
    passedOver = new Map([...passedOver, ...waiting.map((event) => nextOf(passedOver, event))])
  }
}

const nextOf = (passedOver: ReadonlyMap<number, number>, event: number): [number, number] => [
  event,
  (passedOver.get(event) ?? 0) + 1,
]

/** CPU seconds left. */
function budget(seconds: number): () => number {
  const began = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(began)
    return seconds - (user + system) / 1e6
  }
}

/** Whether the timetable was complete in time; goes on then only to the end. */
function runFor(running: TimetableSearch, seconds: number, toTheEnd = false): boolean {
  const left = budget(seconds)
  let progress = running.run(1)
  while (left() > 0 && !progress.finished && (toTheEnd || !progress.complete)) progress = running.run(STEPS)
  return progress.complete
}

/** Events of longer cards that have no place: split otherwise they may have one. */
function unplacedEvents({ cards }: XhsttProblem, running: TimetableSearch): number[] {
  const { start } = running.best()
  return cards.flatMap(({ event, duration }, card) =>
    start[card] === NOWHERE && duration > 1 ? [event] : [],
  )
}

main(process.argv.slice(2))
