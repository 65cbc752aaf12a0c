import pg from 'pg'

/** A connection for one piece of work. */
export async function withClient<T>(
  login: pg.ClientConfig,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...login, connectionTimeoutMillis: 10_000 })
  // Whoever waits for an answer is told by it.
  client.on('error', () => undefined)
  await client.connect()
  return work(client).finally(() => client.end().catch(() => undefined))
}
