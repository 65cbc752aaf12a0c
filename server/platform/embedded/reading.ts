import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { launch } from './cluster.ts'
import { endServer } from './ending.ts'
import { EmbeddedRefused } from './fault.ts'
import { makeSocketFolder, socketFolder } from './folders.ts'
import { takeOwnership } from './holding.ts'
import { chooseIdentity, own } from './identity.ts'
import { type Connection, connectionOf, reach } from './reach.ts'

const START_SECONDS = 120

/** A cluster that is served to be read, and to nobody besides. */
export type Reading = { connect: (database: string) => Connection; stop: () => Promise<void> }

/**
 * Serves a folder that was shut down in order: nothing can be saved there, and who comes for the folder meanwhile finds it
 * held.
 */
export async function serveToRead(folder: string, conf: Readonly<Record<string, string>>): Promise<Reading> {
  const identity = chooseIdentity()
  own(identity, folder)
  const sockets = process.platform === 'win32' ? '' : socketFolder(folder)
  if (sockets) {
    makeSocketFolder(sockets)
    own(identity, sockets)
  }
  const launched = launch({
    ...{ folder, sockets, identity },
    conf: { ...conf, default_transaction_read_only: 'on' },
  })
  const holder = await untilHeld(folder, launched.failure)
  return {
    connect: (database) => {
      const connection = connectionOf(folder, database)
      if (!connection) throw new EmbeddedRefused('start-failed', folder)
      return connection
    },
    stop: async () => {
      await holder.end().catch(() => undefined)
      await endServer(folder)
    },
  }
}

async function untilHeld(folder: string, failure: () => string | null): Promise<pg.Client> {
  const deadline = performance.now() + START_SECONDS * 1000
  while (performance.now() < deadline) {
    const said = failure()
    if (said !== null) throw new EmbeddedRefused('start-failed', said)
    const reached = await reach(folder)
    if (reached && 'own' in reached) {
      if (await takeOwnership(reached.own)) return reached.own
      await reached.own.end()
      throw new EmbeddedRefused('in-use', folder)
    }
    await sleep(50)
  }
  throw new EmbeddedRefused('start-failed', folder)
}
