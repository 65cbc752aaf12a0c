import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { BackupOverview, BackupState } from '#contract/backups.ts'
import type { FoundCopies, Losses, RestoreOverview, SetupState } from '#contract/restores.ts'
import { createSetupLink } from '#modules/setup/index.ts'
import { newPaperKey } from '#platform/backup/paper-key.ts'
import { newKey } from '#platform/backup/seal.ts'
import { withClient } from '#platform/backup/with-client.ts'
import { newId } from '#platform/ids.ts'
import { type Running, serve } from '#server/main.ts'
import { bareFolder, withStorage } from '#test/chaos/data-folder.ts'
import type { Lesson } from '#test/chaos/school.ts'
import { craftCopies } from '#test/crafted-copies.ts'
import { ADMIN, fillToday, lostSchool, machineIn } from '#test/lost-school.ts'
import { PASSWORD } from '#test/sign-in.ts'

// A busy machine of two cores takes a minute for what a quiet one does in ten seconds.
const WAIT = { timeout: 180_000, interval: 300 }
const LONG_MS = 400_000

/** The product as `npm start` serves it, on a machine of its own. */
async function served(machine: string): Promise<Running> {
  const running = await serve(machineIn(machine), { backups: true, durableOnly: false })
  onTestFinished(running.stop)
  return running
}

type Told<T> = { status: number; body: T; retryAfter: string | null; type: string; token: string | null }

/** A browser with this session, or without one. */
const browser = ({ address }: Running, session: string | null) => {
  const ask = async <T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: unknown,
  ): Promise<Told<T>> => {
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(session && { cookie: `zhuravl=${session}` }),
        ...(method !== 'GET' && { 'idempotency-key': newId() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const type = answer.headers.get('content-type') ?? ''
    const text = await answer.text()
    const read = type.includes('json') ? JSON.parse(text) : text
    const token = /zhuravl=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? null
    return { status: answer.status, body: read, retryAfter: answer.headers.get('retry-after'), type, token }
  }
  return ask
}
type Ask = ReturnType<typeof browser>

/** Such a school, served. */
async function school() {
  const machine = bareFolder()
  const { dataDir, backupKeyFile } = machineIn(machine)
  const lesson = await withStorage(dataDir, ({ database }) => fillToday(database))
  const running = await served(machine)
  return {
    dataDir,
    keyFile: backupKeyFile ?? '',
    lesson,
    running,
    admin: browser(running, ADMIN.token),
    teacher: browser(running, lesson.token),
  }
}

const stateOf = async (ask: Ask): Promise<BackupState> => {
  const { body } = await ask<BackupOverview>('GET', '/api/backups')
  if (!body.state) throw new Error('the state of backups that are kept')
  return body.state
}

/** Waits until so many copies lie in the folder and none is being made. */
const copies = (ask: Ask, count: number) =>
  vi.waitFor(async () => {
    const state = await stateOf(ask)
    expect([state.running, state.backups.length]).toEqual([null, count])
    return state.backups
  }, WAIT)

/** Waits until the journal is back, and tells what it was like meanwhile. */
async function away(ask: Ask): Promise<{ page: Told<string> | null; save: Told<unknown> | null }> {
  const seen: { page: Told<string> | null; save: Told<unknown> | null } = { page: null, save: null }
  await vi.waitFor(async () => {
    const page = await ask<string>('GET', '/journals')
    // The journal's own pages come before and after.
    if (page.status === 503 && page.type.includes('html')) seen.page = page
    const save = await ask('PUT', '/api/lessons/x/record', {})
    if (save.body.refusal === 'restoring') seen.save = save
    const { status, body } = await ask('GET', '/api/restore')
    expect([status, body]).toEqual([200, { running: null }])
  }, WAIT)
  return seen
}

const mark = (ask: Ask, { id, journalId, students }: Lesson, n: number, value: string) => {
  const cell = { lessonId: id, workId: id, studentId: students[n], value, version: 0 }
  return ask('PUT', `/api/journals/${journalId}/cells`, { cells: [cell], lateReason: 'не было связи' })
}

/** One column of what the served database holds, read past row security. */
const column = ({ storage }: Running, query: string): Promise<unknown[]> => {
  if (!storage.postgres) throw new Error('a bundled database')
  return withClient(storage.postgres.connection, async (client) => {
    const { rows } = await client.query<Record<string, unknown>>(query)
    return rows.map((row) => Object.values(row)[0])
  })
}
const MARKS = 'select value from mark where value is not null order by value'

const signIn = (running: Running) =>
  browser(running, null)('POST', '/api/session', { login: ADMIN.login, password: PASSWORD })

const setAside = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => /^postgres\.set-aside-\w+$/.test(name))

test(
  'an administrator takes the journal back to an earlier moment, and is told before what goes',
  async () => {
    const { dataDir, keyFile, lesson, running, admin, teacher } = await school()
    await copies(admin, 1)
    expect((await mark(teacher, lesson, 0, '5')).status).toBe(200)
    await sleep(1100)
    const to = new Date().toISOString()
    await sleep(1100)
    expect((await mark(teacher, lesson, 1, '4')).status).toBe(200)
    expect((await mark(teacher, lesson, 2, '3')).status).toBe(200)

    const { body: losses } = await admin<Losses>('GET', `/api/backups/losses?to=${to}`)
    expect(losses).toMatchObject({ marks: 2, people: 0, lessons: 0, attendance: 0, homework: 0 })
    expect(losses.minutes).toBeGreaterThan(0)
    const wanted = { to, word: 'Восстановить ', words: null }
    for (const [who, body, status, refusal] of [
      [teacher, wanted, 404, 'not-found'],
      [admin, { ...wanted, word: 'да' }, 409, 'restore-word'],
      [admin, { ...wanted, words: 'абажур' }, 409, 'paper-word-count'],
      [admin, { ...wanted, to: '2020-01-01T00:00:00.000Z' }, 409, 'moment-not-held'],
      [admin, { ...wanted, to: '2999-01-01T00:00:00.000Z' }, 409, 'moment-not-held'],
    ] as const) {
      const refused = await who('POST', '/api/backups/restore', body)
      expect([refused.status, refused.body.refusal]).toEqual([status, refusal])
    }
    // A server that has lost its key asks for the paper.
    renameSync(keyFile, `${keyFile}.away`)
    const keyless = await admin('POST', '/api/backups/restore', wanted)
    expect([keyless.body.refusal, keyless.body.faults]).toMatchObject([
      'copies-key-needed',
      [{ path: 'words' }],
    ])
    renameSync(`${keyFile}.away`, keyFile)
    expect((await teacher('GET', `/api/backups/losses?to=${to}`)).status).toBe(404)

    expect((await admin('POST', '/api/backups/restore', wanted)).status).toBe(200)
    const { page, save } = await away(admin)
    expect([page?.status, page?.retryAfter]).toEqual([503, '3'])
    expect(page?.body).toMatch(/<h1>Идёт восстановление: \d+\s%<\/h1>/)
    expect([save?.status, save?.retryAfter]).toEqual([503, '3'])

    // Everybody signs in again.
    expect((await admin('GET', '/api/session')).status).toBe(401)
    expect((await mark(teacher, lesson, 1, '4')).status).toBe(401)
    expect((await signIn(running)).status).toBe(200)
    expect(await column(running, MARKS)).toEqual(['5'])
    const asked = `select p.last_name from audit_event a join person p on p.id = a.actor_id
    where a.action = 'backup.restore-asked'`
    expect(await column(running, asked)).toEqual(['Ким'])
    // The page tells from now on what is lost, and whom to ask.
    const { minutes: _, ...counts } = losses
    const again = browser(running, (await signIn(running)).token)
    expect((await again<RestoreOverview>('GET', '/api/backups/restore')).body.lost).toEqual({
      ...counts,
      at: expect.any(String),
      until: to,
      authors: [{ name: expect.stringContaining(' '), records: expect.any(Number) }],
    })
    const [aside = ''] = setAside(dataDir)
    expect(existsSync(join(dataDir, aside, 'PG_VERSION'))).toBe(true)
    const kept = JSON.parse(readFileSync(join(dataDir, 'last-restore.json'), 'utf8'))
    expect(kept).toMatchObject({ until: to, aside: join(dataDir, aside), failure: null })
  },
  LONG_MS,
)

test(
  'a damaged copy brings the journal back as it was, with the reason on the page and nobody signed out',
  async () => {
    const { dataDir, lesson, running, admin, teacher } = await school()
    const [copy] = await copies(admin, 1)
    expect((await mark(teacher, lesson, 0, '5')).status).toBe(200)
    const root = (await stateOf(admin)).folder
    const [installation = ''] = readdirSync(root)
    const file = join(root, installation, 'copies', copy?.name ?? '', 'files.tar.gz.age')
    const bytes = readFileSync(file)
    bytes[bytes.length - 1000] = (bytes.at(-1000) ?? 0) ^ 1
    writeFileSync(file, bytes)

    const wanted = { to: new Date().toISOString(), word: 'восстановить', words: null }
    expect((await admin('POST', '/api/backups/restore', wanted)).status).toBe(200)
    await away(admin)
    const { body } = await admin<RestoreOverview>('GET', '/api/backups/restore')
    expect(body).toEqual({
      possible: true,
      restored: null,
      lost: null,
      givenBack: [],
      last: {
        at: expect.any(String),
        until: null,
        aside: null,
        failure: expect.stringContaining(`повреждён, и восстановить из него нельзя:\n${file}`),
      },
    })
    expect(await column(running, MARKS)).toEqual(['5'])
    expect((await mark(teacher, lesson, 1, '4')).status).toBe(200)
    const left = readdirSync(dataDir).filter((name) => /restoring|^restore\.json|set-aside/.test(name))
    expect(left).toEqual([])
  },
  LONG_MS,
)

test(
  'an empty installation gets the school back from a folder and the words on paper, and then no more',
  async () => {
    const folder = bareFolder()
    const words = await lostSchool(folder)
    const machine = bareFolder()
    const running = await served(machine)
    const token = (await createSetupLink(running.storage.database, new Date())) ?? ''
    const nobody = browser(running, null)
    const { body: before } = await nobody<SetupState>('POST', '/api/setup/check', { token })
    expect(before).toEqual({ restorable: true, last: null })
    const bare = bareFolder()
    const another = (await newPaperKey()).words.join(' ')
    for (const [change, path, refusal] of [
      [{ token: 'x'.repeat(43) }, undefined, 'setup-link-used'],
      [{ folder: 'kopii' }, 'folder', 'folder-not-absolute'],
      [{ folder: join(folder, 'absent') }, 'folder', 'copies-folder-absent'],
      [{ folder: bare }, 'folder', 'copies-absent'],
      [{ words: null }, 'words', 'copies-key-needed'],
      [{ words: another }, 'words', 'copies-key-another'],
      [{ words: 'абажур' }, 'words', 'paper-word-count'],
    ] as const) {
      for (const way of ['copies', 'restore']) {
        const wanted = { token, folder, words, ...(way === 'restore' && { to: null }), ...change }
        const { status, body } = await nobody(`POST`, `/api/setup/${way}`, wanted)
        const [fault] = (body.faults ?? []) as { path: string }[]
        expect([way, status, body.refusal, fault?.path]).toEqual([way, 409, refusal, path])
      }
    }
    const { body: found } = await nobody<FoundCopies>('POST', '/api/setup/copies', { token, folder, words })
    expect(found.copies).toEqual([
      expect.objectContaining({ holds: { students: 3, lessons: 0, marks: 0, lastLessonOn: null } }),
    ])
    // The older copy was made before there was a paper: of its minutes the words are not called wrong.
    const [locked = ''] = found.locked
    expect(found.locked).toHaveLength(1)
    expect(locked < (found.copies[0]?.from ?? '')).toBe(true)
    const early = await nobody('POST', '/api/setup/restore', { token, folder, words, to: locked })
    expect([early.status, early.body]).toMatchObject([
      409,
      { refusal: 'copy-key-another', faults: [{ path: 'to' }] },
    ])

    expect(found.journals).toEqual([])

    // Another school keeps its copies there too: which is wanted is asked.
    const { recipient } = await newKey()
    const holds = { students: 7, lessons: 0, marks: 0, lastLessonOn: null }
    await craftCopies(folder, { installation: '0badcafe', recipient, at: [new Date()], holds })
    const several = await nobody<FoundCopies>('POST', '/api/setup/copies', { token, folder, words })
    expect(several.body.copies).toEqual([])
    const students = several.body.journals.map(({ newest }) => newest?.holds?.students)
    expect(students.toSorted()).toEqual([3, 7])
    const unnamed = await nobody('POST', '/api/setup/restore', { token, folder, words, to: null })
    expect([unnamed.status, unnamed.body.refusal]).toEqual([409, 'copies-several'])
    const [own, other] = [3, 7].map((n) => several.body.journals[students.indexOf(n)]?.folder ?? '')
    const theirs = await nobody('POST', '/api/setup/copies', { token, folder: other, words })
    expect([theirs.status, theirs.body.refusal]).toEqual([409, 'copies-key-another'])
    const named = await nobody<FoundCopies>('POST', '/api/setup/copies', { token, folder: own, words })
    expect(named.body).toEqual(found)

    const wanted = { token, folder: own, words, to: null }
    expect((await nobody('POST', '/api/setup/restore', wanted)).status).toBe(200)
    await away(nobody)
    expect((await signIn(running)).status).toBe(200)
    expect(await column(running, `select name from organization`)).toEqual(['Центр «Сосновый берег»'])
    expect(setAside(machineIn(machine).dataDir)).toHaveLength(1)
    for (const [way, body] of [
      ['check', { token }],
      ['copies', { token, folder: bare, words }],
      ['restore', wanted],
    ] as const) {
      const answer = await nobody('POST', `/api/setup/${way}`, body)
      expect([way, answer.status, answer.body.refusal]).toEqual([way, 409, 'setup-link-used'])
    }
  },
  LONG_MS,
)
