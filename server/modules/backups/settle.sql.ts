import pg from 'pg'
import type { Connection } from '#platform/embedded-postgres.ts'
import { newId } from '#platform/ids.ts'

/**
 * What opens once, or waits for one answer, and may have been used or answered after the moment that was restored: nobody
 * knows, so all of it ends. A browser that is known again opens nothing. Versions grow where there are any.
 */
const ENDED = [
  'update session set ended_at = $1 where ended_at is null',
  'update half_session set expires_at = $1 where expires_at > $1',
  'update setup_link set expires_at = $1 where used_at is null and expires_at > $1',
  'update recovery_code set used_at = $1 where used_at is null',
  // A code that was on a phone before this moment opens nothing again.
  'update second_factor set last_step = greatest(last_step, floor(extract(epoch from $1::timestamptz) / 30)::bigint)',
  'update account set first_password_until = $1, version = version + 1 where must_change_password and first_password_until > $1',
  `update approval set expires_at = $1, version = version + 1 where state = 'waiting' and expires_at > $1`,
]

/**
 * Makes a restored database one that goes on from there: whoever was signed in signs in again, what opens once or waits
 * for an answer ends, and each organisation's events say until when the journal was restored.
 */
export async function settleRestored(
  connection: Connection | { connectionString: string },
  restored: { until: Date | null; now: Date },
): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.reason', 'restore', true)`)
    for (const statement of ENDED) await client.query(statement, [restored.now])
    await client.query(
      `insert into audit_event (organization_id, action, resource, detail, at)
       select id, 'backup.restore', 'organization', $1, $2 from organization`,
      [
        JSON.stringify({
          id: newId(restored.now.getTime()),
          until: restored.until?.toISOString() ?? null,
        }),
        restored.now,
      ],
    )
    await client.query('commit')
  } finally {
    await client.end()
  }
}
