// The one launcher: bundles an entry, builds the pages when their sources are newer, runs it.
//   node scripts/run.mjs <command> …            a command of cli/main.ts
//   node scripts/run.mjs --entry <file.ts> …    any other entry
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildPages } from './build-pages.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [first, ...others] = process.argv.slice(2)
const isCommand = first !== '--entry'
const [entry, ...rest] = isCommand ? ['cli/main.ts', ...(first ? [first] : []), ...others] : others
const needPages = new Set(['start', 'demo'])

export async function bundle(source) {
  const { build } = await import('esbuild')
  const name = `${basename(dirname(source))}-${basename(source).replace(/\.ts$/, '')}.mjs`
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    sourcesContent: false,
    outfile: join('dist', name),
    write: false,
    logLevel: 'warning',
  })
  const target = join(root, 'dist', name)
  if (existsSync(target) && outputFiles[0].text === readFileSync(target, 'utf8')) return target
  // Written aside and moved: another start may be reading the old one.
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(`${target}.${process.pid}`, outputFiles[0].contents)
  renameSync(`${target}.${process.pid}`, target)
  return target
}

if (needPages.has(first)) await buildPages(root)
const target = await bundle(entry)
process.setSourceMapsEnabled(true)
process.argv = [process.argv[0], target, ...rest]
await import(pathToFileURL(target).href)
