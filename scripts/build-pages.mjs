// Builds web/ into dist/web unless the build there is newer than everything it is made of.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

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
    logLevel: 'warn',
    build: { outDir: draft, emptyOutDir: true },
  })
  // A server that is running goes on reading whole files of one build or the other.
  rmSync(`${draft}.old`, { recursive: true, force: true })
  if (existsSync(built)) renameSync(built, `${draft}.old`)
  renameSync(draft, built)
  rmSync(`${draft}.old`, { recursive: true, force: true })
  writeFileSync(stamp, started.toISOString())
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
