import { expect, onTestFinished, test } from 'vitest'
import type { Person, VersionedOrAsked } from '#contract/people.ts'
import { newId } from '#platform/ids.ts'
import { createServer } from '#server/app.ts'
import { givePassword, PASSWORD, sendWith, signInAs } from '#test/sign-in.ts'
import { ids, insert, type World, world } from '#test/world.ts'

type Heard = { text: () => string; ended: Promise<void>; isOpen: () => boolean }

// Only a heartbeat would have noticed before, and that takes 25 seconds.
const LONG_MS = 10_000

async function listening(server: World['server']): Promise<string> {
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => server.close())
  return address
}

/** Opens the stream of this cookie; `ended` is when the server has closed it. */
async function hears(address: string, cookie: string): Promise<Heard> {
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const response = await fetch(`${address}/api/events`, { headers: { cookie }, signal: abort.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  let open = true
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  const ended = read()
    .catch(() => undefined)
    .then(() => {
      open = false
    })
  return { text: () => text, ended, isOpen: () => open }
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the stream is still open')), LONG_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function until(done: () => boolean): Promise<void> {
  for (let n = 0; n < 500 && !done(); n++) await new Promise((go) => setTimeout(go, 20))
  expect(done()).toBe(true)
}

const cell = (value: string, version = 0) => ({
  lessonId: ids.today,
  workId: ids.today,
  studentId: ids.anna,
  value,
  version,
})
const mark = async (school: World, value: string, version = 0) => {
  const path = `/api/journals/${ids.physics7}/cells`
  expect((await school.as('teacher').put(path, { cells: [cell(value, version)] })).status).toBe(200)
}

/** What ends the session of the deputy that listens; `cookie` is that session's, `other` another of the same person. */
type End = (school: World, cookie: string, other: string) => Promise<unknown>

/** A deputy's role is ended by two: the administrator asks, the director confirms. */
async function endRole(school: World, to: string): Promise<void> {
  const admin = school.as('admin')
  const path = `/api/people/${ids.deputy}`
  const { roles, version } = (await admin.get<Person>(path)).body
  const ended = roles.map((role) => ({ ...role, to }))
  const { body } = await admin.put<VersionedOrAsked>(`${path}/roles`, { version, roles: ended })
  const decision = { decision: 'confirm', version: 1 }
  const answer = await school.as('director').put(`/api/approvals/${body.request}/decision`, decision)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

const ENDS: [string, End][] = [
  ['signing out', (school, cookie) => sendWith(school, cookie, ['DELETE', '/api/session'])],
  [
    'a second sign-in in the same browser',
    (school, cookie) => signInAs(school, 'deputy', PASSWORD, { cookie }),
  ],
  [
    'somebody else signing in in the same browser',
    async (school, cookie) => {
      await givePassword(school, 'teacher')
      await signInAs(school, 'teacher', PASSWORD, { cookie })
    },
  ],
  [
    'ending it from «Где вы вошли»',
    async (school, cookie, other) => {
      const { rows } = await school.database.owner.query(
        'select id from session where token_hash = sha256(convert_to($1, $2))',
        [cookie.split('=')[1], 'UTF8'],
      )
      await sendWith(school, other, ['DELETE', `/api/sessions/${rows[0].id}`])
    },
  ],
  [
    'a change of the password elsewhere',
    (school, _, other) =>
      sendWith(school, other, ['PUT', '/api/session/password'], {
        current: PASSWORD,
        next: 'четыре тихих совы',
      }),
  ],
  [
    'a first password given anew',
    ({ database }) =>
      database.owner.query(
        `update session set ended_at = now() where account_id = (select id from account where login = 'deputy')`,
      ),
  ],
  [
    'the closing of the account',
    ({ database }) =>
      database.owner.query(
        `update account set disabled_at = now(), version = version + 1 where login = 'deputy'`,
      ),
  ],
  [
    'the end of the last role',
    async (school) => {
      await endRole(school, '2026-11-11')
    },
  ],
  [
    'a last role that ends with the day',
    async (school) => {
      await endRole(school, '2026-11-12')
      school.clock.now = new Date('2026-11-12T21:00:00Z')
    },
  ],
  [
    'the end of its own life',
    async ({ clock }) => {
      clock.now = new Date('2026-11-12T21:00:01Z')
    },
  ],
]

test.each(ENDS)('%s ends the stream in every process, and nothing is heard after', async (_, end) => {
  const school = await world()
  await givePassword(school, 'deputy')
  const { cookie } = await signInAs(school, 'deputy')
  const other = (await signInAs(school, 'deputy')).cookie
  const elsewhere = await createServer({ database: school.database, clock: () => school.clock.now })
  const here = await hears(await listening(school.server), cookie)
  const there = await hears(await listening(elsewhere), cookie)
  await mark(school, '5')
  await until(() => [here, there].every(({ text }) => text().includes('"value":"5"')))
  await end(school, cookie, other)
  await within(Promise.all([here.ended, there.ended]))
  school.clock.now = new Date('2026-11-12T09:00:00Z')
  await mark(school, '4', 1)
  for (const { text } of [here, there]) expect(text()).not.toContain('"value":"4"')
})

test('the other session of the same person hears on', async () => {
  const school = await world()
  await givePassword(school, 'deputy')
  const { cookie } = await signInAs(school, 'deputy')
  const other = (await signInAs(school, 'deputy')).cookie
  const address = await listening(school.server)
  const [gone, stays] = [await hears(address, cookie), await hears(address, other)]
  await sendWith(school, cookie, ['DELETE', '/api/session'])
  await within(gone.ended)
  await mark(school, '5')
  await until(() => stays.text().includes('"value":"5"'))
})

/** Ways in which somebody whose session lives on stops being one who may read the journal. */
const LOSSES: [string, 'homeroom' | 'teacher' | 'substitute', string][] = [
  [
    'the class is led by somebody else',
    'homeroom',
    `update study_group set homeroom_teacher_id = '${ids.stranger}', version = version + 1 where id = '${ids.class7}'`,
  ],
  [
    'the journal is taught by somebody else',
    'teacher',
    `update teaching_assignment set teacher_id = '${ids.stranger}', version = version + 1 where id = '${ids.physics7}'`,
  ],
]

test.each(LOSSES)('when %s, the former one hears no more of it at once', async (_, who, change) => {
  const school = await world()
  const address = await listening(school.server)
  const former = await hears(address, `zhuravl=token-of-${who}`)
  const deputy = await hears(address, 'zhuravl=token-of-deputy')
  await mark(school, '5')
  await until(() => [former, deputy].every(({ text }) => text().includes('"value":"5"')))
  const client = await school.database.owner.connect()
  await client.query('begin')
  await client.query(
    `select set_config('app.organization_id', $1, true), set_config('app.reason', 'test', true)`,
    [ids.school],
  )
  await client.query(change)
  await client.query('commit')
  client.release()
  const notice = {
    organizationId: ids.school,
    journalId: ids.physics7,
    cells: [{ lessonId: ids.today, value: 'after' }],
  }
  await school.database.owner.query(`select pg_notify('cells', $1)`, [JSON.stringify(notice)])
  await until(() => deputy.text().includes('"after"'))
  expect(former.isOpen()).toBe(true)
  expect(former.text()).not.toContain('"after"')
})

test('one of two roles that ends with the day takes what only it could hear', async () => {
  const school = await world()
  await insert(school.database, 'role_assignment', [
    { id: newId(), person_id: ids.secretary, role: 'deputy', starts_on: '2026-09-01', ends_on: '2026-11-12' },
    { id: newId(), person_id: ids.secretary, role: 'teacher', starts_on: '2026-09-01' },
  ])
  const address = await listening(school.server)
  const both = await hears(address, 'zhuravl=token-of-secretary')
  const deputy = await hears(address, 'zhuravl=token-of-deputy')
  const tell = (value: string) =>
    school.database.owner.query(`select pg_notify('cells', $1)`, [
      JSON.stringify({
        organizationId: ids.school,
        journalId: ids.physics7,
        cells: [{ lessonId: ids.today, value }],
      }),
    ])
  await tell('before')
  await until(() => both.text().includes('"before"'))
  school.clock.now = new Date('2026-11-12T21:00:00Z')
  // The change of the day is seen within a pulse; from the first one that is not heard on, none is.
  const isHeard = async (value: string): Promise<boolean> => {
    await tell(value)
    await until(() => deputy.text().includes(`"${value}"`))
    await new Promise((go) => setTimeout(go, 200))
    return both.text().includes(`"${value}"`)
  }
  let n = 0
  while (n < 50 && (await isHeard(`later ${n}`))) n++
  expect(await isHeard('after all')).toBe(false)
  expect(both.isOpen()).toBe(true)
})
