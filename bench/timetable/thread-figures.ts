import { spawnSync } from 'node:child_process'
import type { Figure } from '../requests.ts'
import { row } from './figures.ts'

const SECONDS = 15

type Solved = { placed: number; softCost: number }

/** Of how many files two threads find a timetable as cheap as one thread does in the same time of the clock. */
export function threadFigures(files: readonly string[]): Figure[] {
  const asGood = files.filter((file) => {
    const [one, two] = [solve(file, 1), solve(file, 2)]
    return two.placed > one.placed || (two.placed === one.placed && two.softCost <= one.softCost + 1e-6)
  })
  const share = (100 * asGood.length) / Math.max(1, files.length)
  return [row('two threads as good as one', share, { atLeast: 80, unit: '%' })]
}

function solve(file: string, threads: number): Solved {
  const command = ['scripts/run.mjs', '--entry', 'cli/timetable/main.ts', 'solve', file]
  const options = ['--seconds', String(SECONDS), '--threads', String(threads)]
  const { stdout, stderr } = spawnSync(process.execPath, [...command, ...options], { encoding: 'utf8' })
  const last = stdout.trim().split('\n').at(-1) ?? ''
  if (!last.startsWith('{')) throw new Error(`${file}: ${stderr.slice(-600)}`)
  return JSON.parse(last)
}
