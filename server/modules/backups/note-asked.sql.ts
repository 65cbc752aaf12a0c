import pg from 'pg'
import type { Connection } from '#platform/embedded-postgres.ts'

const NOTE = `
insert into audit_event (organization_id, action, resource, actor_id, detail, at)
select organization_id, 'backup.restore-asked', 'backup', id, $2, $3 from person where id = $1`

/**
 * Notes in a restored database who asked for it and what was known to be lost by it, since the line that was written then went with the folder set aside.
 * Of somebody who was not there yet at that moment it says nothing: the restore itself is noted for each organisation.
 */
export async function noteAsked(
  connection: Connection,
  {
    until,
    now,
    personId,
    lost,
  }: { until: Date | null; now: Date; personId: string | null; lost: object | null },
): Promise<void> {
  if (personId === null) return
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query(NOTE, [
      personId,
      JSON.stringify({ until: until?.toISOString() ?? null, ...(lost && { lost }) }),
      now,
    ])
  } finally {
    await client.end()
  }
}
