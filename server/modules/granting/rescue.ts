import type { AccessSlip } from '#contract/accounts.ts'
import type { Day } from '#domain/calendar/day.ts'
import { giveConfirmedAccess, setDisabled } from '#modules/accounts/index.ts'
import { handsOver, noteTaken, readApprovalByNumber, settleApproval } from '#modules/approvals/index.ts'
import { resetSecondFactor } from '#modules/second-factor/index.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { type Database, transact } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { passingVault } from '#platform/vault.ts'
import { carryOut } from './decide-approval.ts'
import { readAccess } from './granting.sql.ts'
import { byConsole, findLogin, giveRole, readWaiting } from './rescue.sql.ts'

/** What the console of the server did; null when there is no such request or login. */
export type Rescued = { slip: AccessSlip | null } | null

/**
 * Confirms a waiting request in place of a second person who is not there: whoever has the machine has the data
 * anyway, and the audit says that it was the console. A first password comes with it, to be read off the terminal.
 */
export async function confirmByConsole(database: Database, number: number, now: Date): Promise<Rescued> {
  const found = (await readWaiting(database, now)).find((one) => one.number === number)
  if (!found) return null
  return inOrganization(database, found.organizationId, now, async (call) => {
    const asking = { tx: call.tx, organizationId: found.organizationId, now }
    const request = await readApprovalByNumber(asking, number)
    if (request?.state !== 'waiting') return null
    const { id, kind, personId, askerId, body, version } = request
    const { accountId } = await readAccess(call, personId)
    const settled = { state: 'confirmed', by: null, reason: null, version } as const
    if (!(await settleApproval(asking, id, settled))) return null
    await carryOut(call, request)
    const detail = { kind, approval: id, askerId, ...(body.after && { roles: body.after }) }
    await recordAudit(call, { action: 'rescue.confirm', resource: 'person', resourceId: personId, detail })
    if (!handsOver({ ...request, hasAccount: accountId !== null }, call.today)) return { slip: null }
    await noteTaken(asking, id)
    const wanted = { approval: id, askerId, login: body.login ?? null }
    return { slip: await giveConfirmedAccess(call, personId, wanted) }
  })
}

/** A new first password for whoever cannot enter and has nobody to ask; a closed account is opened. */
export async function passwordByConsole(database: Database, login: string, now: Date): Promise<Rescued> {
  const found = await findLogin(database, login)
  if (!found) return null
  return inOrganization(database, found.organizationId, now, async (call) => {
    if (found.disabled) await setDisabled(call, found.personId, false)
    await note(call, 'rescue.first-password', found.personId)
    return { slip: await giveConfirmedAccess(call, found.personId, { login: null }) }
  })
}

/** Takes the second factor off for whoever has lost phone and codes and has nobody to confirm it. */
export async function secondFactorByConsole(
  database: Database,
  login: string,
  now: Date,
  reason: string,
): Promise<Rescued> {
  const found = await findLogin(database, login)
  if (!found) return null
  return inOrganization(database, found.organizationId, now, async (call) => {
    if (!(await resetSecondFactor(call, found.personId, { reason }))) return null
    const { personId: resourceId } = found
    const detail = { reason }
    await recordAudit(call, { action: 'rescue.second-factor', resource: 'person', resourceId, detail })
    return { slip: null }
  })
}

/** Makes the holder of a login a system administrator from today on, when nobody is left who is one. */
export async function administratorByConsole(database: Database, login: string, now: Date): Promise<Rescued> {
  const found = await findLogin(database, login)
  if (!found) return null
  return inOrganization(database, found.organizationId, now, async (call) => {
    const role = { role: 'system-admin', from: call.today } as const
    const { organizationId, personId } = found
    if (await giveRole(call.tx, { organizationId, personId, id: newId(now.getTime()), ...role }))
      await note(call, 'rescue.administrator', personId)
    return { slip: null }
  })
}

const note = (call: Call, action: string, personId: string): Promise<void> =>
  recordAudit(call, { action, resource: 'person', resourceId: personId })

function inOrganization<T>(
  database: Database,
  organizationId: string,
  now: Date,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  // A command of the console works as the owner: nobody is signed in whose rows it could be bound to.
  const own = { ...database, pool: database.owner }
  return transact(own, [byConsole(organizationId, now)], async (tx, [opened]) => {
    const [{ today }] = (opened ?? []) as [{ today: Day }]
    const nobody = { accountId: '', personId: '', sessionId: '', roles: [], children: null }
    const actor = { organizationId, ...nobody }
    const secondFactor = { has: false, confirmedAt: null, due: null }
    const beside = {
      atCommit: neverLate,
      apart: neverLate,
      vault: passingVault(),
      diskWarning: () => null,
      backups: null,
      restores: null,
      secondFactor,
    }
    const call = { tx, actor, reach: new Set<never>(), today, now, operationId: null, ...beside }
    return { value: await work(call) }
  })
}

function neverLate(): never {
  throw new Error('what the console does leaves nothing for the commit or beside it')
}
