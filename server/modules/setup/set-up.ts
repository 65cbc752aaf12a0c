import type { Setup } from '#contract/setup.ts'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { passwordRefusal } from '#domain/people/password.ts'
import { type AccountKey, commonWords, openSession } from '#modules/accounts/index.ts'
import { insertDefaults } from '#modules/settings/index.ts'
import type { PublicCall } from '#platform/call.ts'
import type { Tx } from '#platform/db.ts'
import { Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { hashPassword } from '#platform/passwords.ts'
import { sha256 } from '#platform/secrets.ts'
import {
  checkLink,
  createOrganization,
  enterUnclaimed,
  findListed,
  insertAdministrator,
  isOpen,
  lockSetup,
  readInstallation,
  renameOrganization,
  requireSecondFactor,
  takeLink,
} from './setup.sql.ts'

type Done = Record<string, never>

/** Whether the one-time link still opens the first run; refused when it was used, is too old or came too late. */
export async function checkSetup(call: PublicCall, token: string): Promise<Done> {
  const open = await call.inTransaction(
    async (tx) => (await checkLink(tx, sha256(token), call.now)) && isOpen(await readInstallation(tx)),
  )
  if (!open) throw new Refused('setup-link-used')
  return {}
}

/** Creates the organisation, its first administrator and what every school begins with, and signs that person in. */
export async function setUp(call: PublicCall, wanted: Setup): Promise<Done> {
  // Hashing is dear, so only the holder of a living link may ask for it.
  await checkSetup(call, wanted.token)
  const { login, lastName, firstName, middleName, organizationName, shortName } = wanted
  const names = [lastName, firstName, middleName ?? '', organizationName, shortName]
  const owner = { login, names }
  const refusal = passwordRefusal(wanted.password, { current: '', owner, common: commonWords() })
  if (refusal) throw new Refused(refusal, { path: 'password' })
  const passwordHash = await hashPassword(wanted.password)
  const account = await call.inTransaction((tx) => fill(tx, call, wanted, passwordHash))
  await openSession(call, account)
  return {}
}

async function fill(tx: Tx, { now }: PublicCall, wanted: Setup, passwordHash: string): Promise<AccountKey> {
  await lockSetup(tx)
  const installation = await readInstallation(tx)
  const tokenHash = sha256(wanted.token)
  const open = isOpen(installation) && (await takeLink(tx, tokenHash, now))
  if (!open) throw new Refused('setup-link-used')
  const imported = installation.unclaimed
  const [organizationId, fresh, accountId] = [imported ?? newId(), newId(), newId()]
  const { organizationName: name, shortName, timeZone } = wanted
  const organization = { id: organizationId, name, shortName, timeZone }
  if (imported === null) await createOrganization(tx, organization)
  await enterUnclaimed(tx, tokenHash, { organizationId, personId: fresh, now })
  const personId = (imported === null ? null : await findListed(tx, imported, wanted)) ?? fresh
  if (personId !== fresh) await enterUnclaimed(tx, tokenHash, { organizationId, personId, now })
  if (imported !== null) await renameOrganization(tx, organization)
  const { lastName, firstName, middleName, login } = wanted
  const person = { personId, lastName, firstName, middleName, roleId: newId() }
  await insertAdministrator(tx, { organizationId, accountId, login, passwordHash, now, ...person })
  await insertDefaults(tx, organizationId)
  await requireSecondFactor(tx, { organizationId, roles: PRIVILEGED, now })
  return { organization_id: organizationId, id: accountId, person_id: personId }
}
