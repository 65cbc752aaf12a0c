import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { PaperKey, ProvedPaperKey } from '#contract/backups.ts'
import { bytesOf } from '#domain/backups/paper-typing.ts'
import { paths, SECRETS } from '#platform/backup/folder.ts'
import type { Keeper } from '#platform/backup/keeper.ts'
import { newPaperKey } from '#platform/backup/paper-key.ts'
import { unsealText } from '#platform/backup/seal.ts'
import { placesOf, remembered, serverKeys } from '#platform/backup/settings.ts'
import { openStorage } from '#platform/storage.ts'
import { keepBackups } from '#server/backups.ts'
import { emptyFolder } from '#test/chaos/data-folder.ts'
import { successive } from '#test/successive-words.ts'
import { fill, type Who, type World, worldIn } from '#test/world.ts'

type Kept = World & {
  dataDir: string
  keeper: Keeper
  log: string[]
  /** Begins to keep backups anew, by itself, as a server that was started again. */
  keepAgain: () => Promise<Keeper>
}

/** The small school on a bundled PostgreSQL whose backups are kept. */
async function keptSchool(): Promise<Kept> {
  const dataDir = await emptyFolder()
  const tell = () => undefined
  const storage = await openStorage({ dataDir, databaseUrl: null }, { archive: true, tell })
  await fill(storage.database)
  await storage.database.owner.query(`update session set expires_at = '2028-01-01'`)
  const clock = { now: new Date('2026-11-12T09:00:00Z') }
  const around = { clock: () => clock.now, tell }
  const keep = (byItself: boolean) =>
    keepBackups({ dataDir, backupKeyFile: null, diskWarnPercent: 99 }, storage, around, byItself)
  const first = await keep(false)
  if (!first) throw new Error('a bundled PostgreSQL without backups')
  const keepers = [first]
  const log: string[] = []
  const logTo = { write: (line: string) => void log.push(line) }
  const world = await worldIn(storage.database, {
    backups: first,
    clock: around.clock,
    logLevel: 'info',
    logTo,
  })
  onTestFinished(async () => {
    await world.server.close()
    for (const keeper of keepers) await keeper.stop()
    await storage.stop()
  })
  const keepAgain = async () => {
    await first.stop()
    const again = await keep(true)
    if (!again) throw new Error('a bundled PostgreSQL without backups')
    keepers.push(again)
    return again
  }
  return { ...world, clock, dataDir, keeper: first, log, keepAgain }
}

const PAPER_KEY = '/api/backups/paper-key'
const offer = async ({ as }: World, who: Who = 'admin'): Promise<PaperKey> => {
  const { status, body } = await as(who).post<PaperKey>(PAPER_KEY, {})
  expect(status).toBe(200)
  return body
}
const prove = ({ as }: World, words: string, who: Who = 'admin') =>
  as(who).put<ProvedPaperKey & Record<string, unknown>>(PAPER_KEY, { words })
const spoken = ({ words }: PaperKey) => words.join(' ')

const copies = ({ keeper }: Kept): string[] => readdirSync(paths(keeper.root()).bases).sort()
const newest = (kept: Kept): string =>
  join(paths(kept.keeper.root()).bases, copies(kept).at(-1) ?? '', SECRETS)
const opens = (file: string, identity: string): Promise<boolean> =>
  unsealText(file, [identity]).then(
    (text) => text.includes('postgres.password'),
    () => false,
  )

/** Waits for the copy in hand, if there is one. */
async function copied({ keeper }: Pick<Kept, 'keeper'>): Promise<void> {
  await expect.poll(async () => (await keeper.state()).running, { timeout: 60_000 }).toBeNull()
}

/** As it stands on the paper: numbered, in capitals, one word with a slip of the pen. */
function copiedOut({ words }: PaperKey): { text: string; at: number } {
  const slips = words.map((word, n) => words.with(n, word.slice(0, 1) + word.slice(2)))
  const at = slips.findIndex((some) => !('refused' in bytesOf(some.join(' '))))
  const some = slips[at] ?? words
  return { text: some.map((word, n) => `${n + 1}. ${word.toUpperCase()}`).join('\n'), at: at + 1 }
}

test('a key that was typed back opens, without the server, the copy that follows', async () => {
  const kept = await keptSchool()
  const { keeper, clock } = kept
  await keeper.copyNow()

  const key = await offer(kept)
  expect(key.words).toHaveLength(12)
  expect(keeper.paperRecipient()).toBeNull()
  expect((await keeper.state()).alarms).toContain('no-paper-key')

  const [word = ''] = key.words
  const wrong: [string, string, RegExp, Who?][] = [
    [key.words.slice(1).join(' '), 'paper-word-count', /набрано 11/],
    [spoken(key).replace(word, 'щщщщщщ'), 'paper-word-unknown', /^Слово 1: «щщщщщщ»/],
    [key.identity.slice(0, -1), 'paper-line-broken', /не целиком/],
    [spoken(await newPaperKey()), 'paper-key-another', /другой ключ/],
    [spoken(key), 'paper-key-another', /другой ключ/, 'otherSchoolTeacher'],
  ]
  for (const [words, refusal, message, who] of wrong) {
    const { status, body } = await prove(kept, words, who)
    expect([status, body.refusal], refusal).toEqual([409, refusal])
    expect(body.faults).toEqual([{ path: 'words', message: expect.stringMatching(message) }])
  }
  expect(keeper.paperRecipient()).toBeNull()
  expect(await opens(newest(kept), key.identity)).toBe(false)

  clock.now = new Date('2026-11-12T09:59:00Z')
  const { text, at } = copiedOut(key)
  const { status, body } = await prove(kept, text)
  expect(status).toBe(200)
  expect(body.mended).toMatchObject([{ at, taken: key.words[at - 1] }])
  await copied(kept)
  const state = await keeper.state()
  expect(state.paperKeyProvenAt).toBe('2026-11-12T09:59:00.000Z')
  expect(state.alarms).not.toContain('no-paper-key')
  expect(await opens(newest(kept), key.identity)).toBe(true)

  // Ninety days later the same paper is found and read: no new copy is needed for it.
  clock.now = new Date('2027-02-12T09:00:00Z')
  expect((await keeper.state()).alarms).toContain('paper-key-due')
  expect((await prove(kept, key.identity)).body).toEqual({ mended: [] })
  expect((await keeper.state()).paperKeyProvenAt).toBe('2027-02-12T09:00:00.000Z')
  expect((await keeper.state()).alarms).not.toContain('paper-key-due')
  expect((await keeper.state()).running).toBeNull()
  await nothingKept(kept, key)
}, 180_000)

test('the newest offer is awaited for an hour; a copy in hand is followed by one the key opens', async () => {
  const kept = await keptSchool()
  const { keeper, clock, dataDir } = kept
  const late = await offer(kept)
  clock.now = new Date('2026-11-12T10:00:01Z')
  expect((await prove(kept, spoken(late))).body.refusal).toBe('paper-key-another')

  const [first, second] = [await offer(kept), await offer(kept)]
  const foreign = await offer(kept, 'otherSchoolTeacher')
  expect((await prove(kept, spoken(first))).body.refusal).toBe('paper-key-another')
  expect(await keeper.begin()).toBeNull()
  await expect.poll(() => copies(kept).length).toBe(1)
  expect((await prove(kept, spoken(second))).status).toBe(200)
  // Whoever typed later would make waste of the paper that has just been put away.
  expect((await prove(kept, spoken(foreign), 'otherSchoolTeacher')).body.refusal).toBe('paper-key-another')
  await copied(kept)
  expect(await opens(newest(kept), second.identity)).toBe(false)
  expect(remembered(dataDir).wantsCopy).toBe(true)

  clock.now = new Date('2026-11-12T10:10:00Z')
  const again = await kept.keepAgain()
  await expect.poll(() => copies(kept).at(-1), { timeout: 60_000 }).toBe('20261112T101000Z')
  await copied({ keeper: again })
  const [server = ''] = (await serverKeys(placesOf({ dataDir }))).identities
  expect([await opens(newest(kept), second.identity), await opens(newest(kept), server)]).toEqual([
    true,
    true,
  ])
  expect(remembered(dataDir).wantsCopy).toBe(false)
}, 180_000)

/** The words are nowhere: not in the database, not in the log. */
async function nothingKept({ database, log }: Kept, key: PaperKey): Promise<void> {
  const { rows: tables } = await database.owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const telling = [key.identity, ...successive(key.words)]
  const found = async (name: string, sought: string[]) =>
    (await database.owner.query(`select t::text from ${name} t where t::text ~* any ($1)`, [sought])).rows
  for (const { name } of tables) expect(await found(name, telling), name).toEqual([])
  const { rows: events } = await database.owner.query(
    `select action, detail from audit_event where action like 'backup.paper%' order by at, action`,
  )
  expect(events).toEqual([
    { action: 'backup.paper-key', detail: null },
    { action: 'backup.paper-key-proved', detail: null },
    { action: 'backup.paper-key-proved', detail: null },
  ])
  expect(log.join('')).toContain(PAPER_KEY)
  expect(telling.filter((secret) => new RegExp(secret, 'i').test(log.join('')))).toEqual([])
}
