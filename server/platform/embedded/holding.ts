import type pg from 'pg'

// «zhur» in ASCII: whoever holds this lock in the maintenance database serves the folder.
const OWNER_LOCK = 0x7a687572

/** Makes this connection the one that holds the folder's server, until it ends; false where another does. */
export async function takeOwnership(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
    OWNER_LOCK,
  ])
  return rows[0]?.mine === true
}
