import type pg from 'pg'
import type { Database } from './db.ts'

export type Listener = (payload: string) => void
export type Notices = {
  listen: (listener: Listener) => () => void
  close: () => Promise<void>
}

const AGAIN_AFTER_MS = 1_000

/**
 * What other processes and connections tell through PostgreSQL on one channel. The line is opened with the first
 * listener and opened again when it breaks; what was told meanwhile is missed, so listeners reread on return.
 */
export function createNotices(database: Database, channel: 'cells'): Notices {
  const listeners = new Set<Listener>()
  let client: pg.PoolClient | null = null
  let opening: Promise<void> | null = null
  let closed = false

  const open = async (): Promise<void> => {
    const line = await database.pool.connect()
    line.on('notification', ({ payload = '' }) => {
      for (const listener of listeners) listener(payload)
    })
    client = line
    line.once('error', () => {
      if (letGo(line)) again()
    })
    await line.query(`listen ${channel}`).catch((error: Error) => {
      letGo(line)
      throw error
    })
  }
  // A line breaks also while it is being closed, and may be given back to the pool only once.
  const letGo = (line: pg.PoolClient): boolean => {
    if (client !== line) return false
    client = null
    line.release(true)
    return true
  }
  const again = () => {
    opening = null
    if (!closed && listeners.size > 0) setTimeout(start, AGAIN_AFTER_MS).unref()
  }
  const start = () => {
    opening ??= open().catch(again)
  }
  return {
    listen: (listener) => {
      listeners.add(listener)
      start()
      return () => listeners.delete(listener)
    },
    close: async () => {
      closed = true
      listeners.clear()
      await opening
      if (client) letGo(client)
    },
  }
}
