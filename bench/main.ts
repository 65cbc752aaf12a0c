import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureBackup } from './backup/figures.ts'
import { measureCosts } from './costs.ts'
import { measureLoad } from './load.ts'
import type { Figure } from './requests.ts'
import { openSchool, type Schools } from './school.ts'
import { measureScreens } from './screens.ts'
import { LARGE, SMALL, WIDE } from './seed.ts'
import { measureSignIn } from './sign-in.ts'
import { printTable } from './table.ts'
import { measureThroughput } from './throughput.ts'

const PARTS: Record<string, (school: Schools, small: boolean) => Promise<Figure[]>> = {
  costs: measureCosts,
  throughput: async (school) => [await measureThroughput(school)],
  'sign-in': measureSignIn,
  load: measureLoad,
  screens: measureScreens,
}

/** Only when named: it fills gigabytes and takes a quarter of an hour; it makes schools of its own. */
const BACKUP = 'backup'

/**
 * `npm run bench [-- --json FILE] [-- --only costs,throughput,sign-in,load,screens,backup] [-- --small]`:
 * the table of the README's promises; `--small` tries it on a small school, whose figures say nothing of a large one.
 */
async function main(args: string[]): Promise<void> {
  const option = (name: string) => args[args.indexOf(name) + 1]
  const only = args.includes('--only') ? (option('--only') ?? '').split(',') : Object.keys(PARTS)
  const small = args.includes('--small')
  const parts = Object.entries(PARTS).filter(([name]) => only.includes(name))
  const figures: Figure[] = []
  if (parts.length > 0)
    await withSchools(small, async (school) => {
      for (const [, measure] of parts) figures.push(...(await measure(school, small)))
    })
  if (only.includes(BACKUP)) figures.push(...(await measureBackup(small)))
  console.log(printTable(figures))
  if (args.includes('--json'))
    writeFileSync(option('--json') ?? 'bench.json', `${JSON.stringify(figures, null, 2)}\n`)
}

async function withSchools(small: boolean, work: (school: Schools) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-bench-'))
  try {
    const school = await openSchool(folder, { large: small ? SMALL : LARGE, small: SMALL, wide: WIDE })
    await work(school).finally(school.stop)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main(process.argv.slice(2))
