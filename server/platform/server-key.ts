import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { secretIn } from './secret-file.ts'
import { KEY_BYTES } from './vault.ts'

/** The file that keeps the server's key unless the environment gives it. */
export const keyFile = (dataDir: string): string => join(dataDir, 'server.key')

/**
 * The key under which secrets are sealed that a copy of the database alone must not tell: the one given, or that of the
 * data folder, made at first use.
 */
export function serverKey({
  dataDir,
  serverKey: given,
}: {
  dataDir: string
  serverKey?: string | null
}): Buffer {
  if (!given) mkdirSync(dataDir, { recursive: true })
  return Buffer.from(given ?? secretIn(keyFile(dataDir), KEY_BYTES), 'base64url')
}
