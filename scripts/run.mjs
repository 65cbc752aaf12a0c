// The one launcher: has an entry bundled, and the pages built when their sources are newer, and runs it.
//   node scripts/run.mjs <command> …            a command of cli/main.ts
//   node scripts/run.mjs --entry <file.ts> …    any other entry
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBrowser } from './browser.mjs'
import { bundleName } from './bundle-name.mjs'
import { lacking } from './lacking.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [first, ...others] = process.argv.slice(2)
const isCommand = first !== '--entry'
const [entry, ...rest] = isCommand ? ['cli/main.ts', ...(first ? [first] : []), ...others] : others
const needPages = new Set(['start', 'demo'])
const benchParts = rest.includes('--only') ? (rest[rest.indexOf('--only') + 1] ?? '').split(',') : ['screens']
const benchesScreens = entry === 'bench/main.ts' && benchParts.includes('screens')
// Built beforehand: the first start that is measured is one of many.
const benchesServing = entry === 'bench/main.ts' && benchParts.includes('backup')

async function run() {
  const lack = lacking(root)
  if (lack) return refuse(lack)
  if (benchesScreens) ensureBrowser()
  if (!(await prepare(needPages.has(first) || benchesScreens || benchesServing))) return
  const target = join(root, 'dist', `${bundleName(entry)}.mjs`)
  process.setSourceMapsEnabled(true)
  process.argv = [process.argv[0], target, ...rest]
  await import(pathToFileURL(target).href)
}

/** In a process of its own: what building takes of memory, one that serves for weeks would never give back. */
async function prepare(pages) {
  const words = [join(root, 'scripts', 'prepare.mjs'), entry, ...(pages ? ['--pages'] : [])]
  const [code] = await once(spawn(process.execPath, words, { stdio: 'inherit' }), 'exit')
  if (code !== 0) process.exitCode = code ?? 1
  return code === 0
}

/** One line for the person at the terminal; where it came from is for who asks for it. */
function refuse(error) {
  console.error(process.env.LOG_LEVEL === 'debug' ? error : (error?.message ?? String(error)))
  process.exitCode = 1
}

await run().catch(refuse)
