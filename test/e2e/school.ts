import { cpSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { type Database, openDatabase } from '#platform/db.ts'
import type { Connection } from '#platform/embedded-postgres.ts'
import { migrate } from '#platform/migrate.ts'
import { projectRoot } from '#platform/root.ts'
import { mortalFolder, startTemporaryCluster } from '#test/temporary-cluster.ts'
import { createServer } from '../../server/app.ts'
import { fill, type Who } from '../small-school.ts'
import { fillClass } from './big-class.ts'
import { listenForFaults } from './page-faults.ts'

/** `empty`: a database just migrated; `small`: the school of the database tests; `class`: and 7Б with 31 children. */
export type Filling = 'empty' | 'small' | 'class'

export type School = {
  /** `http://localhost:…`; the same after `start` as before `stop`. */
  address: string
  database: Database
  /** What `now` is for the server; may be moved. */
  clock: { now: Date }
  /** Breaks every connection and stops listening, as a machine that went down. */
  stop: () => Promise<void>
  /** Listens again where it listened before. */
  start: () => Promise<void>
}

export type Storage = { connection: Connection; webRoot: string }
type Fixtures = {
  filling: Filling
  school: School
  /** A page of a browser of one's own, signed in as this person; nobody for null. */
  as: (who: Who | null) => Promise<Page>
  /** A browser without pages, for tests that open and close them. */
  browserOf: (who: Who | null) => Promise<BrowserContext>
}

const NOON = '2026-11-12T09:00:00Z'
let count = 0

/** A journey: a school of its own behind a real address, and browsers for the people of it. */
export const test = base.extend<Fixtures, { storage: Storage }>({
  filling: ['small', { option: true }],
  storage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const cluster = await startTemporaryCluster()
      for (const filling of ['empty', 'small', 'class'] as const)
        await makeTemplate(cluster.connection, filling)
      // A build made meanwhile must not change what is served.
      const webRoot = join(mortalFolder(tmpdir()), 'web')
      cpSync(join(projectRoot, 'dist', 'web'), webRoot, { recursive: true })
      await use({ connection: cluster.connection, webRoot })
      await cluster.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  school: async ({ storage, filling }, use) => {
    const name = `e2e_${++count}`
    await run(storage.connection, `create database ${name} template e2e_${filling} strategy file_copy`)
    const database = openDatabase({ connection: { ...storage.connection, database: name } }, { size: 10 })
    const school = await openSchool(database, storage.webRoot)
    await use(school)
    await school.stop()
    await database.close()
    await run(storage.connection, `drop database ${name} with (force)`)
  },
  browserOf: async ({ browser, school, contextOptions, viewport, locale, timezoneId }, use) => {
    const contexts: BrowserContext[] = []
    const faults: string[] = []
    await use(async (who) => {
      const context = await browser.newContext({
        ...contextOptions,
        viewport,
        ...(locale && { locale }),
        ...(timezoneId && { timezoneId }),
        baseURL: school.address,
      })
      contexts.push(context)
      listenForFaults(context, school.address, faults)
      if (who) await signedIn(context, school, who)
      return context
    })
    for (const context of contexts) await context.close()
    expect(faults, 'what no page may do').toEqual([])
  },
  as: async ({ browserOf }, use) => {
    await use(async (who) => (await browserOf(who)).newPage())
  },
})

export { expect }

/** Puts the session that the school keeps ready for this person into the browser. */
export async function signedIn(context: BrowserContext, { address }: School, who: Who): Promise<void> {
  await context.addCookies([
    { name: 'zhuravl', value: `token-of-${who}`, url: address, httpOnly: true, sameSite: 'Lax' },
  ])
}

/** Serves a database and the built pages behind a real address. */
export async function openSchool(database: Database, webRoot: string, now = NOON): Promise<School> {
  const clock = { now: new Date(now) }
  let server: FastifyInstance | null = null
  let port = 0
  const start = async () => {
    const opened = await createServer({ database, clock: () => clock.now, webRoot, checkAnswers: true })
    await opened.listen({ port, host: '127.0.0.1' })
    port = (opened.server.address() as AddressInfo).port
    server = opened
  }
  const stop = async () => {
    const closing = server
    server = null
    closing?.server.closeAllConnections()
    await closing?.close()
  }
  await start()
  return { address: `http://127.0.0.1:${port}`, database, clock, start, stop }
}

async function makeTemplate(connection: Connection, filling: Filling): Promise<void> {
  const name = `e2e_${filling}`
  await run(connection, `create database ${name}`)
  const database = openDatabase({ connection: { ...connection, database: name } }, { size: 2 })
  await migrate(database.owner)
  if (filling !== 'empty') await fill(database)
  if (filling === 'class') await fillClass(database)
  await database.close()
}

async function run(connection: Connection, statement: string): Promise<void> {
  const { app: _, ...owner } = connection
  const client = new pg.Client({ ...owner, database: 'postgres' })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
