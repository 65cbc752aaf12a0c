// Builds web/ into dist/web unless the build there is newer than everything it is made of.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const sources = ['web', 'domain', 'contract', 'vite.config.ts', 'package-lock.json']

export async function buildPages(root) {
  const built = join(root, 'dist', 'web')
  const stamp = join(root, 'dist', 'web.built')
  if (existsSync(built) && existsSync(stamp) && statSync(stamp).mtimeMs > newest(root)) return
  const { build } = await import('vite')
  const draft = `${built}.${process.pid}`
  const started = new Date()
  mkdirSync(draft, { recursive: true })
  await build({
    configFile: join(root, 'vite.config.ts'),
    root: join(root, 'web'),
    logLevel: 'warn',
    build: { outDir: draft, emptyOutDir: true },
  })
  compress(draft)
  // A server that is running goes on reading whole files of one build or the other.
  rmSync(`${draft}.old`, { recursive: true, force: true })
  if (existsSync(built)) renameSync(built, `${draft}.old`)
  renameSync(draft, built)
  rmSync(`${draft}.old`, { recursive: true, force: true })
  writeFileSync(stamp, started.toISOString())
}

/** Once here instead of at every answer; the server picks the file the browser accepts. */
function compress(folder) {
  for (const path of inside(folder).filter((path) => /\.(js|css|html|svg)$/.test(path))) {
    const text = readFileSync(path)
    if (text.length < 1024) continue
    const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
    writeFileSync(`${path}.br`, brotliCompressSync(text, { params }))
    writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
  }
}

function newest(root) {
  const times = sources
    .map((name) => join(root, name))
    .filter((path) => existsSync(path))
    .flatMap((path) => [path, ...inside(path)])
    .map((path) => statSync(path).mtimeMs)
  return Math.max(0, ...times)
}

function inside(path) {
  return statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true }).map((name) => join(path, name))
    : []
}
