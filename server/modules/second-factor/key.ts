import type { Database } from '#platform/db.ts'
import type { Vault } from '#platform/vault.ts'
import { ownerOf } from './proof.ts'
import { readNewestSealed } from './second-factor.sql.ts'

/**
 * Whether the key of this server opens none of the secrets that are kept: it was lost, replaced, or left behind when
 * the data were moved. True also where only some of many open, as long as none of the newest does.
 */
export async function isKeyAnother({ owner }: Pick<Database, 'owner'>, vault: Vault): Promise<boolean> {
  const sealed = await readNewestSealed(owner)
  return (
    sealed.length > 0 &&
    sealed.every(
      ({ organizationId, accountId, secret }) =>
        vault.open(secret, ownerOf(organizationId, accountId)) === null,
    )
  )
}
