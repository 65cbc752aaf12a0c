import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A file to be written: its name inside the folder and what it holds. */
export type OutputFile = { name: string; content: string | Uint8Array }

/** Writes the files aside and moves them into place, so that a break leaves no half of one. */
export async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const aside = files.map(({ name }) => join(folder, `.${name}.${process.pid}`))
  for (const [index, { content }] of files.entries()) await writeFile(aside[index] ?? '', content)
  for (const [index, { name }] of files.entries()) await rename(aside[index] ?? '', join(folder, name))
}

/** Writes one file at a path, whole or not at all. */
export async function writeOne(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const aside = `${path}.${process.pid}`
  await writeFile(aside, content)
  await rename(aside, path)
}
