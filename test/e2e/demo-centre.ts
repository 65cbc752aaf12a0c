import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import pg from 'pg'
import { DEMO_PASSWORD, prepareDemo } from '#modules/demo/index.ts'
import { importable, readFolder } from '#modules/imports/index.ts'
import { openDatabase } from '#platform/db.ts'
import { migrate } from '#platform/migrate.ts'
import { projectRoot } from '#platform/root.ts'
import { test as base, openSchool, type School } from './school.ts'

/** The Wednesday afternoon of the demo's third week. */
export const DEMO_TODAY = '2027-02-17'
const NOW = '2027-02-17T12:00:00Z'

export type DemoLogin =
  | 'director'
  | 'deputy'
  | 'admin'
  | 'officer'
  | 'secretary'
  | 'teacher'
  | 'homeroom'
  | 'club'
  | 'specialist'
  | 'carer'
  | 'student'
  | 'guardian'

export const DEMO_LOGINS: DemoLogin[] = [
  'director',
  'deputy',
  'admin',
  'officer',
  'secretary',
  'teacher',
  'homeroom',
  'club',
  'specialist',
  'carer',
  'student',
  'guardian',
]

/** What is at the head of every sheet that is not cut apart. */
export const PAPER_HEAD = [
  'ГБОУ «Центр реабилитации и образования «Сосновый берег»',
  'Напечатано 17 февраля 2027 г.',
]

type Demo = { demo: School }
type Signed = { signedInAs: (login: DemoLogin, size?: { width: number; height: number }) => Promise<Page> }

/** The demo centre as `npm run demo` makes it, once for all tests of a file. */
export const test = base.extend<Signed, Demo>({
  demo: [
    async ({ storage }, use) => {
      const client = new pg.Client({ ...storage.connection, database: 'postgres' })
      await client.connect()
      await client.query('create database e2e_demo').finally(() => client.end())
      const database = openDatabase(
        { connection: { ...storage.connection, database: 'e2e_demo' } },
        { size: 10 },
      )
      await migrate(database.owner)
      const reading = await readFolder(join(projectRoot, 'demo', 'first-intake'))
      const read = async () => importable(reading, { faultIds: [], allQuestions: true }).data
      await prepareDemo(database, read, { today: DEMO_TODAY, now: new Date(NOW) })
      const school = await openSchool(database, storage.webRoot, NOW)
      await use(school)
      await school.stop()
      await database.close()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  signedInAs: async ({ browser, demo, contextOptions, viewport, locale, timezoneId }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (login, size) => {
      const context = await browser.newContext({
        ...contextOptions,
        viewport: size ?? viewport,
        ...(locale && { locale }),
        ...(timezoneId && { timezoneId }),
        baseURL: demo.address,
      })
      contexts.push(context)
      const answer = await context.request.post('/api/session', {
        data: { login, password: DEMO_PASSWORD },
        headers: { origin: demo.address },
      })
      if (!answer.ok()) throw new Error(`${login}: ${await answer.text()}`)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
})

/** Goes to another address of the product without loading it anew. */
export async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, address)
}

/** What an address of the interface answers to whoever the page is signed in as. */
export async function read<Answer>(page: Page, address: string): Promise<Answer> {
  return (await (await page.request.get(address)).json()) as Answer
}
