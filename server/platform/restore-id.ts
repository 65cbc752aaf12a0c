import type { Database } from './db.ts'

/**
 * The newest restore of a database, asked for once: nobody restores one that is being served. Null where there was none.
 */
export function restoreIdOf({ pool }: Pick<Database, 'pool'>): () => Promise<string | null> {
  let known: Promise<string | null> | null = null
  const ask = async () => {
    const { rows } = await pool.query<{ id: string | null }>('select id from last_restore()')
    return rows[0]?.id ?? null
  }
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }
}
