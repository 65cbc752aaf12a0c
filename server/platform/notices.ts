import type pg from 'pg'
import type { Database } from './db.ts'

/** What is told: changed cells of journals, changes of who may hear what, and what the officer should look at. */
export const CHANNELS = ['cells', 'access', 'alerts'] as const
export type Channel = (typeof CHANNELS)[number]

export type Listener = (payload: string) => void
export type Notices = {
  /** Calls back for everything told on the channel from now on; returns what stops it. */
  listen: (channel: Channel, listener: Listener) => () => void
  /** Resolves once the line is open, or has failed and will be tried again. */
  ready: () => Promise<void>
  close: () => Promise<void>
}

const AGAIN_AFTER_MS = 1_000

/**
 * What other processes and connections tell through PostgreSQL. One line for all channels is opened with the first
 * listener and opened again when it breaks; what was told meanwhile is missed, so listeners reread on return.
 */
export function createNotices(database: Database): Notices {
  const listeners = new Map<Listener, Channel>()
  let client: pg.PoolClient | null = null
  let opening: Promise<void> | null = null
  let closed = false

  const open = async (): Promise<void> => {
    const line = await database.pool.connect()
    line.on('notification', ({ channel, payload = '' }) => {
      for (const [listener, wanted] of listeners) if (wanted === channel) listener(payload)
    })
    client = line
    line.once('error', () => {
      if (letGo(line)) again()
    })
    await Promise.all(CHANNELS.map((channel) => line.query(`listen ${channel}`))).catch((error: Error) => {
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
    listen: (channel, listener) => {
      listeners.set(listener, channel)
      start()
      return () => listeners.delete(listener)
    },
    ready: async () => {
      await opening
    },
    close: async () => {
      closed = true
      listeners.clear()
      await opening
      if (client) letGo(client)
    },
  }
}
