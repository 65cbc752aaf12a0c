import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { openStorage } from '#platform/storage.ts'
import { emptyFolder } from '#test/chaos/data-folder.ts'
import { fill, worldIn } from '#test/world.ts'
import { restoreJournal } from './backup.ts'

afterEach(() => void vi.unstubAllEnvs())

async function settle(moment: string): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  const code = await restoreJournal(['--settle', moment]).finally(() => log.mockRestore())
  return { code, said: lines.join('\n') }
}

test('a database that its own server has restored: who was signed in signs in again, and events tell of it', async () => {
  const { database, postgres, stop } = await openStorage(
    { dataDir: await emptyFolder(), databaseUrl: null },
    { tell: () => undefined },
  )
  onTestFinished(stop)
  await fill(database)
  const { as } = await worldIn(database)
  expect((await as('teacher').get('/api/session')).status).toBe(200)
  if (!postgres) throw new Error('the bundled one')
  const { host, port, user, password, app, database: name } = postgres.connection
  const url = (login: string, secret = '') =>
    `postgres://${login}:${encodeURIComponent(secret)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`
  vi.stubEnv('DATABASE_URL', url(user, password))
  vi.stubEnv('DATABASE_APP_URL', url(app.user, app.password))

  for (const moment of ['вчера', '2026-11-31 12:05', '2026-11-12'])
    expect(await settle(moment)).toEqual({ code: 2, said: expect.stringContaining('--settle') })
  await expect(settle('2126-11-12 12:05')).rejects.toThrow(/ещё не наступил/)
  expect((await as('teacher').get('/api/session')).status).toBe(200)

  expect(await settle('2026-11-12 08:30')).toEqual({
    code: 0,
    said: expect.stringContaining('журнал возвращён к 12.11.2026, 08:30'),
  })
  expect((await as('teacher').get('/api/session')).status).toBe(401)
  const { rows } = await database.owner.query(
    `select detail from audit_event where action = 'backup.restore'`,
  )
  const until = new Date('2026-11-12T08:30:00').toISOString()
  expect(rows.map(({ detail }) => detail.until)).toEqual([until, until])
})

test('the bundled database is settled by its own restore', async () => {
  vi.stubEnv('DATABASE_URL', '')
  await expect(settle('2026-11-12 08:30')).rejects.toThrow(/только базе по DATABASE_URL/)
})
