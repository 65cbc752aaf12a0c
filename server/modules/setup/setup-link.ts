import type { Database } from '#platform/db.ts'
import { newSecret } from '#platform/ids.ts'
import { sha256 } from '#platform/secrets.ts'
import { insertLink } from './setup.sql.ts'

const LINK_LIFE_MS = 72 * 60 * 60 * 1000

/**
 * The token of a one-time link for the first administrator, good for 72 hours; null when somebody in the
 * installation has an account already. Only its hash is kept, so it can be shown once.
 */
export async function createSetupLink(database: Database, now: Date): Promise<string | null> {
  const token = newSecret()
  const expires = new Date(now.getTime() + LINK_LIFE_MS)
  const created = await insertLink(database, { tokenHash: sha256(token), now, expires })
  return created ? token : null
}
