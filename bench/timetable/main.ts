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
import { type Turn, takeTurns } from './turns.ts'

const EXAMPLES = '/usr/share/doc/fet-data/examples/FET-5-official'
const PARTS = ['files', 'synthetic', 'intake', 'threads'] as const

/**
 * `npm run bench:timetable [-- --json FILE] [--only files,synthetic,intake,threads] [--examples FOLDER] [--every N]
 * [--from N] [--seconds N] [--seeds N] [--turns FILE]`: the engine against fet-cl (Debian's `fet`, its files in
 * `fet-data`), schools made up, the first intake, two threads against one. `--every 5 --from 2` takes each fifth file
 * beginning with the third. All files take hours: what is in the file of `--turns` is not run again, and its lines are
 * in the table, so that a run may be stopped, or shared by processes.
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
    },
  })
  const only = values.only.split(',')
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)
  const files = filesIn(resolve(values.examples)).filter(
    (_, index) => index % Number(values.every) === Number(values.from),
  )
  const figures: Figure[] = []
  if (only.includes('files'))
    figures.push(...figuresOfTurns(turnsOf(files, seeds, Number(values.seconds), values.turns)))
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

function turnsOf(files: readonly string[], seeds: readonly number[], seconds: number, log?: string): Turn[] {
  const turns = log && existsSync(log) ? linesOf(log) : []
  const done = new Set(turns.map(({ file, seed }) => `${file} ${seed}`))
  const left = seeds.flatMap((seed) =>
    files.filter((file) => !done.has(`${basename(file)} ${seed}`)).map((file) => ({ file, seed })),
  )
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-turns-'))
  try {
    for (const { file, seed } of left) {
      const turn = takeTurns(file, seed, seconds, folder)
      turns.push(turn)
      if (log) appendFileSync(log, `${JSON.stringify(turn)}\n`)
      console.log(turnLine(turn))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return turns
}

function linesOf(log: string): Turn[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Turn => JSON.parse(line))
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
