import type { Figure } from '../requests.ts'
import { median, row } from './figures.ts'
import { ownRun } from './own-run.ts'

/** Classes of a school, and processor seconds a complete timetable may take. */
const SCHOOLS = [
  [10, 1],
  [30, 2],
  [60, 4],
  [120, 8],
] as const
const LIMIT = 60
const LARGEST = 120
const MEMORY = 300

/** Russian schools made up, with all norms as conditions: processor seconds to complete, and memory. */
export function syntheticFigures(seeds: readonly number[]): Figure[] {
  return SCHOOLS.flatMap(([classes, atMost]) => {
    const runs = seeds.map((seed) =>
      ownRun(`synthetic-${classes}-${seed}`, { seed, limit: LIMIT, polishUntil: 0 }),
    )
    const seconds = median(runs.map(({ cpuToComplete }) => cpuToComplete ?? Number.POSITIVE_INFINITY))
    const memory = Math.max(...runs.map(({ memoryMb }) => memoryMb))
    return [
      row(`school of ${classes} classes, to complete`, seconds, { atMost, unit: 's' }),
      ...(classes === LARGEST ? [row('its memory', memory, { atMost: MEMORY, unit: 'MB' })] : []),
    ]
  })
}
