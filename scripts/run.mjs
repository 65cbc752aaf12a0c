// The one launcher: bundles an entry, builds the pages when their sources are newer, runs it.
//   node scripts/run.mjs <command> …            a command of cli/main.ts
//   node scripts/run.mjs --entry <file.ts> …    any other entry
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBrowser } from './browser.mjs'
import { buildPages } from './build-pages.mjs'
import { lacking } from './lacking.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [first, ...others] = process.argv.slice(2)
const isCommand = first !== '--entry'
const [entry, ...rest] = isCommand ? ['cli/main.ts', ...(first ? [first] : []), ...others] : others
const needPages = new Set(['start', 'demo'])
const benchParts = rest.includes('--only') ? (rest[rest.indexOf('--only') + 1] ?? '').split(',') : ['screens']
const benchesScreens = entry === 'bench/main.ts' && benchParts.includes('screens')
// Built by the measured process itself they would be most of the memory it holds.
const benchesServing = entry === 'bench/main.ts' && benchParts.includes('backup')

export async function bundle(source) {
  const { build } = await import('esbuild')
  const name = `${basename(dirname(source))}-${basename(source).replace(/\.ts$/, '')}`
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { [name]: source },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    sourcesContent: false,
    // What is imported only when asked for is not read before, nor the packages it needs.
    splitting: true,
    chunkNames: `${name}-[hash]`,
    outExtension: { '.js': '.mjs' },
    outdir: 'dist',
    write: false,
    logLevel: 'warning',
  })
  const target = join(root, 'dist', `${name}.mjs`)
  mkdirSync(dirname(target), { recursive: true })
  // The entry last: what it asks for is there when it is.
  for (const file of outputFiles.toSorted(
    (one, other) => Number(one.path === target) - Number(other.path === target),
  ))
    put(file)
  return target
}

/** Writes what is not there yet, aside, and moves it: another start may be reading the old one. */
function put({ path, text, contents }) {
  if (existsSync(path) && text === readFileSync(path, 'utf8')) return
  writeFileSync(`${path}.${process.pid}`, contents)
  renameSync(`${path}.${process.pid}`, path)
}

async function run() {
  const lack = lacking(root)
  if (lack) return refuse(lack)
  if (benchesScreens) ensureBrowser()
  if (needPages.has(first) || benchesScreens || benchesServing) await buildPages(root)
  const target = await bundle(entry)
  process.setSourceMapsEnabled(true)
  process.argv = [process.argv[0], target, ...rest]
  await import(pathToFileURL(target).href)
}

/** One line for the person at the terminal; where it came from is for who asks for it. */
function refuse(error) {
  console.error(process.env.LOG_LEVEL === 'debug' ? error : (error?.message ?? String(error)))
  process.exitCode = 1
}

await run().catch(refuse)
