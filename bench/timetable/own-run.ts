import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import type { OneRun } from './one-run.ts'

let script: string | null = null

/** Our engine on a problem in a process of its own; seconds are of the processor. */
export function ownRun(
  problem: string,
  { seed, limit, polishUntil }: { seed: number; limit: number; polishUntil: number },
): OneRun {
  script ??= bundled()
  const args = [script, problem, seed, limit, polishUntil].map(String)
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${problem}: ${stderr.slice(-600)}`)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

/**
 * Built once and apart, so that building costs no run any time, with the packages in it and in parts, so that none is
 * read that a run has no use for: reading those of the database takes longer than composing a small timetable.
 */
function bundled(): string {
  const name = 'bench-timetable-one-run'
  buildSync({
    entryPoints: { [name]: 'bench/timetable/one-run.ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['pg-native'],
    // Packages in the older format ask for modules of Node.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    minify: true,
    splitting: true,
    chunkNames: `${name}-[hash]`,
    outExtension: { '.js': '.mjs' },
    outdir: 'dist',
  })
  return join('dist', `${name}.mjs`)
}
