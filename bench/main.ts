import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/**
 * `npm run bench [-- --json FILE] [-- --only costs,throughput,sign-in,load,screens] [-- --small]`: the
 * table of the README's promises; `--small` tries it on a small school, whose figures say nothing of a large one.
 */
async function main(args: string[]): Promise<void> {
  const option = (name: string) => args[args.indexOf(name) + 1]
  const only = args.includes('--only') ? (option('--only') ?? '').split(',') : Object.keys(PARTS)
  const small = args.includes('--small')
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-bench-'))
  const figures: Figure[] = []
  try {
    const school = await openSchool(folder, { large: small ? SMALL : LARGE, small: SMALL, wide: WIDE })
    try {
      for (const [name, measure] of Object.entries(PARTS))
        if (only.includes(name)) figures.push(...(await measure(school, small)))
    } finally {
      await school.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(printTable(figures))
  if (args.includes('--json'))
    writeFileSync(option('--json') ?? 'bench.json', `${JSON.stringify(figures, null, 2)}\n`)
}

await main(process.argv.slice(2))
