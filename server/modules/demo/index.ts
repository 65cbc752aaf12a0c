import type { Day } from '#domain/calendar/day.ts'
import { type IntakeData, refreshStatistics, writeIntake } from '#modules/imports/index.ts'
import { ownerOf } from '#modules/second-factor/index.ts'
import { type Database, ownersOwn, transact } from '#platform/db.ts'
import { hashPassword } from '#platform/passwords.ts'
import type { Vault } from '#platform/vault.ts'
import { demoAccounts } from './accounts.ts'
import {
  asDemo,
  closePastPeriods,
  demoState,
  emptyDemo,
  insertDemoAccounts,
  insertDemoFactor,
  readFacts,
  readLogins,
  readPeople,
  saveBatch,
} from './demo.sql.ts'
import { journalBatches } from './journals.ts'
import { inThirdWeek, movedIntake, shiftFor } from './moved-intake.ts'
import { CLOSING_REASON, DEMO_LOGINS } from './texts.words.ts'
import { insertDemoUsage } from './usage.sql.ts'

/** The password of every demo account; such accounts exist only in a database marked as a demo. */
export const DEMO_PASSWORD = 'zhuravl-demo'

/** The account that shows the second factor, and what an app on a phone is given to make its codes. */
export const DEMO_PHONE = { login: 'phone', secret: 'ZHURAVLDEMOZHURAVLDEMOZHURAVLDEM' }

export type DemoAccount = { login: string; title: string; name: string }
/** When the demo is made; without a vault nobody in it has a second factor. */
export type DemoMoment = { today: Day; now: Date; vault?: Vault }

export type Demo = { accounts: DemoAccount[]; built: boolean }

/**
 * Makes the demo centre stand in the third week of its intake today. What is there already stays, with all that was
 * typed into it, as long as today is one of its school days in that week; otherwise the demo is made anew. Null when
 * the database belongs to a real organisation.
 */
export async function prepareDemo(
  database: Database,
  read: () => Promise<IntakeData>,
  { today, now, vault }: DemoMoment,
): Promise<Demo | null> {
  const state = await demoState(database, today)
  const lives = state !== undefined && state.accounts > 0 && state.lessons_today > 0
  if (lives && inThirdWeek(state.starts_on, today)) {
    return { accounts: await shownAccounts(database, state.id), built: false }
  }
  if (!(await emptyDemo(database))) return null
  const data = await read()
  const moved = movedIntake(data, shiftFor(data, today))
  const { organizationId } = await writeIntake(database, moved, { now, isDemo: true })
  await fill(database, organizationId, { today, now, ...(vault && { vault }) })
  // The demo is looked at the moment it is filled.
  await refreshStatistics(database)
  return { accounts: await shownAccounts(database, organizationId), built: true }
}

async function fill(database: Database, organizationId: string, moment: DemoMoment): Promise<void> {
  const { today, now, vault } = moment
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await transact(ownersOwn(database), [asDemo(organizationId, now)], async (tx) => {
    const facts = await readFacts(tx, organizationId, today)
    for (const batch of journalBatches(facts, moment)) await saveBatch(tx, organizationId, batch)
    await closePastPeriods(tx, organizationId, { ...facts, reason: CLOSING_REASON })
    const accounts = demoAccounts(await readPeople(tx, organizationId, today))
    await insertDemoAccounts(tx, organizationId, { accounts, passwordHash, now })
    const phone = accounts.find(({ login }) => login === DEMO_PHONE.login)
    if (vault && phone) {
      const sealed = vault.seal(DEMO_PHONE.secret, ownerOf(organizationId, phone.id))
      await insertDemoFactor(tx, organizationId, { accountId: phone.id, sealed, now })
    }
    await insertDemoUsage(tx, organizationId, moment)
    return { value: null }
  })
}

async function shownAccounts(database: Database, organizationId: string): Promise<DemoAccount[]> {
  const logins = DEMO_LOGINS.map(({ login }) => login)
  const names = new Map(
    (await readLogins(database, organizationId, logins)).map((one) => [one.login, one.name]),
  )
  return DEMO_LOGINS.filter(({ login }) => names.has(login)).map(({ login, title }) => ({
    login,
    title,
    name: names.get(login) ?? '',
  }))
}
