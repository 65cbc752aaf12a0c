import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Figure } from '../requests.ts'
import { printTable } from '../table.ts'
import { figuresOfTurns } from './figures.ts'
import { intakeFigures } from './intake-figures.ts'
import { syntheticFigures } from './synthetic-figures.ts'
import { threadFigures } from './thread-figures.ts'
import { type FetTurn, fetTurn, ownTurn, type Turn } from './turns.ts'

const EXAMPLES = '/usr/share/doc/fet-data/examples/FET-5-official'
const PARTS = ['files', 'synthetic', 'intake', 'threads'] as const
/** Seconds for ours on a file that fet-cl does not complete: what more it finds there is asked for, not all of it. */
const LEFT_BY_FET = 60

/**
 * `npm run bench:timetable [-- --json FILE] [--only files,synthetic,intake,threads] [--examples FOLDER] [--every N]
 * [--from N] [--seconds N] [--seeds N] [--turns FILE] [--fet FILE]`: the engine against fet-cl (Debian's `fet`, its files in
 * `fet-data`), schools made up, the first intake, two threads against one. `--every 5 --from 2` takes each fifth file
 * beginning with the third. All files take hours: what is in the file of `--turns` is not run again, and its lines are
 * in the table, so that a run may be stopped, or shared by processes. So with `--fet` and what fet-cl did, which stays
 * true when the engine has changed; `--only fet` does nothing but fill it.
 */
async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'string' },
      only: { type: 'string', default: PARTS.join(',') },
      examples: { type: 'string', default: EXAMPLES },
      every: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      seconds: { type: 'string', default: '300' },
      seeds: { type: 'string', default: '3' },
      turns: { type: 'string' },
      fet: { type: 'string' },
    },
  })
  const only = values.only.split(',')
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)
  const files = filesIn(resolve(values.examples)).filter(
    (_, index) => index % Number(values.every) === Number(values.from),
  )
  const seconds = Number(values.seconds)
  const figures: Figure[] = []
  if (only.includes('fet')) fetTurnsOf(files, seeds, seconds, values.fet)
  if (only.includes('files')) figures.push(...figuresOfTurns(turnsOf(files, seeds, seconds, values)))
  if (only.includes('synthetic')) figures.push(...syntheticFigures(seeds))
  if (only.includes('intake')) figures.push(...(await intakeFigures(seeds)))
  if (only.includes('threads')) figures.push(...threadFigures(files))
  console.log(printTable(figures))
  if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) {
    console.error(`${folder}: no files of FET; install Debian's fet and fet-data`)
    return []
  }
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.fet'))
    .sort()
    .map((name) => join(folder, name))
}

type Kept = { turns?: string | undefined; fet?: string | undefined }

function turnsOf(files: readonly string[], seeds: readonly number[], seconds: number, kept: Kept): Turn[] {
  const turns = linesOf<Turn>(kept.turns)
  const known = new Map(linesOf<FetTurn>(kept.fet).map((turn) => [keyOf(turn), turn]))
  inTurns(files, seeds, turns, (file, seed, folder) => {
    const fet = known.get(keyOf({ file, seed })) ?? fetTurn(file, seed, seconds, folder)
    keep(kept.fet && !known.has(keyOf(fet)) ? kept.fet : undefined, fet)
    const turn = ownTurn(file, fet, fet.verdict.complete ? seconds : Math.min(seconds, LEFT_BY_FET), folder)
    keep(kept.turns, turn)
    turns.push(turn)
    console.log(turnLine(turn))
  })
  return turns
}

function fetTurnsOf(files: readonly string[], seeds: readonly number[], seconds: number, log?: string): void {
  inTurns(files, seeds, linesOf<FetTurn>(log), (file, seed, folder) => {
    const turn = fetTurn(file, seed, seconds, folder)
    keep(log, turn)
    console.log(`${turn.file} (${seed})  ${turn.verdict.complete ? `${turn.verdict.cpu} s` : '–'}`)
  })
}

type OneTurn = { readonly file: string; readonly seed: number }

/** Each file with each seed that is not among those done. */
function inTurns(
  files: readonly string[],
  seeds: readonly number[],
  done: readonly OneTurn[],
  take: (file: string, seed: number, folder: string) => void,
): void {
  const known = new Set(done.map(keyOf))
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-turns-'))
  try {
    for (const seed of seeds)
      for (const file of files) if (!known.has(keyOf({ file, seed }))) take(file, seed, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function keyOf({ file, seed }: OneTurn): string {
  return `${basename(file)} ${seed}`
}

function linesOf<Line>(log: string | undefined): Line[] {
  if (!log || !existsSync(log)) return []
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Line => JSON.parse(line))
}

function keep(log: string | undefined, line: object): void {
  if (log) appendFileSync(log, `${JSON.stringify(line)}\n`)
}

function turnLine({ file, seed, fet, own }: Turn): string {
  const time = (cpu: number | null) => (cpu === null ? '–' : `${cpu.toFixed(2)} s`)
  const cost = (soft: number | null) => (soft === null ? '–' : soft.toFixed(2))
  return [
    `${file} (${seed})`,
    `fet-cl ${fet.complete ? time(fet.cpu) : '–'} soft ${cost(fet.softCost)}`,
    `ours ${time(own.cpu)} soft ${cost(own.softCost)} placed ${own.placed}/${own.total}${own.refused ? ', not confirmed by FET' : ''}`,
  ].join('  ')
}

await main(process.argv.slice(2))
