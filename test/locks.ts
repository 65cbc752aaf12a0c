import { expect } from 'vitest'
import type { Database } from '#platform/db.ts'

/** Goes on once one connection waits for a lock of this sort (`advisory`, `transactionid`). */
export async function waitsForALock({ owner }: Database, sort: string): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    and wait_event = $1`
  await expect.poll(async () => (await owner.query(waiting, [sort])).rowCount).toBe(1)
}

/** Changes every row of a table as one who takes no locks would, and holds it until the answer is called. */
export async function changeBehind({ owner }: Database, table: string): Promise<() => Promise<void>> {
  const other = await owner.connect()
  await other.query('begin')
  await other.query(`select set_config('app.reason', 'test', true)`)
  await other.query(`update ${table} set late = true, version = version + 1`)
  return async () => {
    await other.query('commit')
    other.release()
  }
}
