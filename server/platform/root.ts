import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project, the same for the sources and for the bundle in dist/. */
export const projectRoot = climb(dirname(fileURLToPath(import.meta.url)))

function climb(folder: string): string {
  const above = dirname(folder)
  return existsSync(join(folder, 'package.json')) || above === folder ? folder : climb(above)
}
