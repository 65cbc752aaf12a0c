import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

/** What fet-cl did with a file: `softCost` as it counts it, null without a complete timetable; `cpu` in seconds. */
export type Verdict = {
  readonly complete: boolean
  readonly softCost: number | null
  readonly cpu: number
  /** FET's own words when it did not complete. */
  readonly why: string
}

/** One run of fet-cl: six numbers of its seed are made of one, `seconds` of the processor bound it. */
export type FetOptions = { readonly seed: number; readonly seconds: number; readonly folder: string }

// Writing pages of timetables is no part of composing them.
const NOT_WRITTEN = [
  ...['statistics', 'dayshorizontal', 'daysvertical', 'timehorizontal', 'timevertical', 'subgroups'],
  ...[
    'groups',
    'years',
    'teachers',
    'teachersfreeperiods',
    'rooms',
    'subjects',
    'activitytags',
    'activities',
  ],
].map((table) => `--writetimetables${table}=false`)

const CONFIRMING_SECONDS = 30
/** How much longer by the clock a run may last, on a machine that others use too. */
const CLOCK_TO_PROCESSOR = 4

/** Lets fet-cl compose a timetable for the file. */
export function fetRun(file: string, { seed, seconds, folder }: FetOptions): Verdict {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const seeds = [10, 11, 12, 20, 21, 22].map((part) => `--randomseeds${part}=${seed * 7919 + part}`)
  const clock = seconds * CLOCK_TO_PROCESSOR
  const args = [
    ...[`--inputfile=${file}`, `--outputdir=${folder}`, `--timelimitseconds=${clock}`, '--htmllevel=0'],
    ...[...NOT_WRITTEN, ...seeds],
  ]
  // fet-cl bounds itself by the clock only, and not on every file. The shell tells what the child took of the processor; Node tells it only of itself.
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', 'ulimit -t "$0"; TIMEFORMAT="%U %S"; time fet-cl "$@"', String(seconds), ...args],
    {
      encoding: 'utf8',
      timeout: (clock + 60) * 1000,
      maxBuffer: 2 ** 28,
      env: { ...process.env, LC_ALL: 'C' },
    },
  )
  const complete = stdout.includes('Simulation successful') || stdout.includes('Generation successful')
  const cpu = (stderr.trim().split('\n').at(-1) ?? '').split(' ').reduce((sum, part) => sum + Number(part), 0)
  const softCost = complete ? softCostIn(folder, basename(file, '.fet')) : null
  return { complete, softCost, cpu, why: complete ? '' : (stdout + stderr).slice(-800) }
}

/** Asks fet-cl whether a file with a timetable locked into it stands, and what it costs. */
export function confirmed(file: string, folder: string): Verdict {
  return fetRun(file, { seed: 1, seconds: CONFIRMING_SECONDS, folder })
}

/** Where fet-cl wrote its tables of a file. */
export function tablesIn(folder: string, name: string): string {
  return join(folder, 'timetables', name)
}

function softCostIn(folder: string, name: string): number | null {
  const tables = tablesIn(folder, name)
  const file = existsSync(tables)
    ? readdirSync(tables).find((each) => each.endsWith('soft_conflicts.txt'))
    : undefined
  const found = file && /Total soft conflicts: ([\d.]+)/.exec(readFileSync(join(tables, file), 'utf8'))
  return found ? Number(found[1]) : null
}
