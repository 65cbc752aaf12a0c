import pg from 'pg'
import { type Batch, nameOf, type Statement } from './named-client.ts'

// What `pg` keeps on its connection and its queries and declares nowhere.
type Wire = pg.Connection & {
  parsedStatements: Record<string, string>
  submittedNamedStatements: Record<string, string>
  sync: () => void
}
type Preparing = { prepare: (wire: Wire) => void }

/**
 * Sends statements in one packet with one `Sync`, so that PostgreSQL answers all of them in one packet too. What
 * follows a statement that failed is not run. Results stand in the order of the statements.
 */
export async function together(
  client: pg.PoolClient,
  statements: readonly Statement[],
): Promise<pg.QueryResult[]> {
  try {
    return await new Promise((resolve, reject) => {
      client.query(batchOf(statements, resolve, reject))
    })
  } catch (error) {
    // As `pg` does for a single query: the trace should lead to who asked, not to the socket.
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}

function batchOf(
  statements: readonly Statement[],
  resolve: (results: pg.QueryResult[]) => void,
  reject: (error: Error) => void,
): Batch {
  const fresh = new Map<string, string>()
  let wire: Wire | undefined
  const batch = new pg.Query('', (error: Error | undefined, results: unknown) => {
    // Which of the new names were still prepared before the failure is not known: the connection is given up.
    if (error && fresh.size > 0) wire?.stream.destroy()
    if (error) return reject(error)
    for (const [name, text] of fresh) settle(wire, name, text)
    resolve([results].flat() as pg.QueryResult[])
  })
  const submit = (connection: pg.Connection): void => {
    wire = connection as Wire
    wire.stream.cork()
    for (const { text, values } of statements) {
      const name = nameOf(text)
      if (name && !(name in wire.parsedStatements)) fresh.set(name, text)
      const config = { text, values: [...(values ?? [])], ...(name && { name }) }
      ;(new pg.Query(config) as unknown as Preparing).prepare(withoutSync(wire))
    }
    wire.sync()
    wire.stream.uncork()
  }
  return Object.assign(batch, { statements, submit })
}

function settle(wire: Wire | undefined, name: string, text: string): void {
  if (!wire) return
  wire.parsedStatements[name] = text
  delete wire.submittedNamedStatements[name]
}

const quiet = new WeakMap<Wire, Wire>()

/** The same connection, on which a query does not end the packet. */
function withoutSync(wire: Wire): Wire {
  const known = quiet.get(wire)
  if (known) return known
  const made = Object.create(wire, { sync: { value: () => undefined } }) as Wire
  quiet.set(wire, made)
  return made
}
