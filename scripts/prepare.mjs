// Makes what a command runs: the bundle of an entry, and with --pages the pages when their sources are newer.
//   node scripts/prepare.mjs <entry.ts> [--pages]
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildPages } from './build-pages.mjs'
import { bundleName } from './bundle-name.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [entry, pages] = process.argv.slice(2)

async function bundle(source) {
  const { build } = await import('esbuild')
  const name = bundleName(source)
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
}

/** Writes what is not there yet, aside, and moves it: another start may be reading the old one. */
function put({ path, text, contents }) {
  if (existsSync(path) && text === readFileSync(path, 'utf8')) return
  writeFileSync(`${path}.${process.pid}`, contents)
  renameSync(`${path}.${process.pid}`, path)
}

if (pages === '--pages') await buildPages(root)
await bundle(entry)
