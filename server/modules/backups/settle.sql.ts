import pg from 'pg'
import type { Connection } from '#platform/embedded-postgres.ts'
import { newId } from '#platform/ids.ts'

/**
 * Makes a restored database one that goes on from there: whoever was signed in signs in again, links that were on their
 * way end, and each organisation's events say until when the journal was restored.
 */
export async function settleRestored(
  connection: Connection,
  restored: { until: Date | null; now: Date },
): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.reason', 'restore', true)`)
    await client.query('update session set ended_at = $1 where ended_at is null', [restored.now])
    await client.query('update half_session set expires_at = $1 where expires_at > $1', [restored.now])
    await client.query('update setup_link set expires_at = $1 where used_at is null and expires_at > $1', [
      restored.now,
    ])
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
