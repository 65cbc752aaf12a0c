import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'

/** The secret in this file, which only its owner may read; made at first use, once even by two at once. */
export function secretIn(file: string, bytes: number): string {
  if (!existsSync(file)) writeOnce(file, randomBytes(bytes).toString('base64url'))
  return readFileSync(file, 'utf8').trim()
}

/** Writes a secret for its owner alone unless there is one meanwhile: of two at once both find the same afterwards. */
export function writeOnce(file: string, text: string): void {
  const draft = `${file}.new-${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    unlinkSync(draft)
  }
}
