import { brokenPlaces, isHardPlace } from '#domain/timetable/constraints/cost.ts'
import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'
import type { Figure } from '../requests.ts'
import { median, row } from './figures.ts'
import { ownRun } from './own-run.ts'
import { intakeOf } from './problems.ts'

const FOLDER = 'demo/first-intake'
const COMPLETE_IN = 3
const POLISH = 30

/** The first intake: how soon it is complete, and of how many wishes it keeps fewer than the timetable given there. */
export async function intakeFigures(seeds: readonly number[]): Promise<Figure[]> {
  const { problem, given } = await intakeOf(FOLDER)
  const runs = seeds.map((seed) => ownRun(FOLDER, { seed, limit: POLISH, polishUntil: POLISH }))
  const seconds = median(runs.map(({ cpuToComplete }) => cpuToComplete ?? Number.POSITIVE_INFINITY))
  const before = softByKind(problem, given)
  const worse = runs.map(({ start, room }) => {
    const after = softByKind(problem, { start: Int32Array.from(start), room: Int32Array.from(room) })
    return [...after].filter(([kind, units]) => units > (before.get(kind) ?? 0) + 1e-9).length
  })
  return [
    row('first intake, to complete', seconds, { atMost: COMPLETE_IN, unit: 's' }),
    row('kinds of wishes it keeps worse than the given one', median(worse), { atMost: 0 }),
  ]
}

/** Units of wishes broken, by kind and where they were asked for. */
function softByKind(problem: TimetableProblem, timetable: PlacedTimetable): Map<string, number> {
  const units = new Map<string, number>()
  for (const place of brokenPlaces(problem, timetable)) {
    if (isHardPlace(problem, place)) continue
    const constraint = problem.constraints[Number(place.constraint)]
    const key = `${constraint?.kind} ${constraint?.source ?? ''}`
    units.set(key, (units.get(key) ?? 0) + place.amount)
  }
  return units
}
