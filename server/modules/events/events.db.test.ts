import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { ids, type World, world } from '#test/world.ts'

async function heard(school: World, who: string): Promise<() => string> {
  const address = await school.server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => school.server.close())
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const response = await fetch(`${address}/api/events`, {
    headers: { cookie: `zhuravl=token-of-${who}` },
    signal: abort.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  read().catch(() => undefined)
  await sleep(200)
  return () => text
}

async function until(done: () => boolean): Promise<void> {
  for (let n = 0; n < 100 && !done(); n++) await sleep(20)
}

const path = `/api/journals/${ids.physics7}/cells`
const cell = (value: string, version = 0) => ({
  lessonId: ids.today,
  workId: ids.today,
  studentId: ids.anna,
  value,
  version,
})

test('a mark reaches the open journal of whoever may read it', async () => {
  const school = await world()
  const text = await heard(school, 'deputy')
  await school.as('teacher').put(path, { cells: [cell('5')] })
  await until(() => text().includes('event: cells'))
  expect(text()).toContain(`"journalId":"${ids.physics7}"`)
  expect(text()).toContain('"value":"5"')
})

test.each(['stranger', 'otherSchoolTeacher'])('%s hears nothing of a journal of others', async (who) => {
  const school = await world()
  const text = await heard(school, who)
  await school.as('teacher').put(path, { cells: [cell('5')] })
  await sleep(400)
  expect(text()).not.toContain('event: cells')
})

test('a substitute hears of the lesson taught instead and of no other of that journal', async () => {
  const school = await world()
  const text = await heard(school, 'substitute')
  const there = { ...cell('4'), lessonId: ids.substituted, workId: ids.substituted }
  const lateReason = 'Проверка тетрадей'
  // One operation on both lessons: of its two cells one is heard.
  await school.as('teacher').put(path, { cells: [cell('5')] })
  await school.as('teacher').put(path, { cells: [{ ...cell('3', 1) }, there], lateReason })
  await until(() => text().includes('event: cells'))
  expect(text()).toContain('"value":"4"')
  expect(text()).not.toMatch(/"value":"[35]"/)
})

const cookie = { cookie: 'zhuravl=token-of-teacher' }

test('one person cannot take all the streams', async () => {
  const school = await world()
  const address = await school.server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => school.server.close())
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const open = (who: string) =>
    fetch(`${address}/api/events`, {
      headers: { cookie: `zhuravl=token-of-${who}` },
      signal: abort.signal,
    })
  const answers = await Promise.all(Array.from({ length: 40 }, () => open('teacher')))
  expect(answers.some(({ status }) => status === 503)).toBe(true)
  expect((await open('deputy')).status).toBe(200)
})

test('whoever leaves before the stream has opened holds no place', async () => {
  const school = await world()
  const address = await school.server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => school.server.close())
  // The session's row is held, so that all of them wait and leave while their session is being looked up.
  await school.database.owner.query(`update session set seen_at = '2026-11-12T00:00:00Z'`)
  const holder = await school.database.owner.connect()
  await holder.query('begin')
  await holder.query('select from session for update')
  const abort = new AbortController()
  const left = Array.from({ length: 9 }, () =>
    fetch(`${address}/api/events`, { headers: cookie, signal: abort.signal }).catch(() => null),
  )
  await sleep(300)
  abort.abort()
  await Promise.all(left)
  await sleep(100)
  await holder.query('commit')
  holder.release()
  await sleep(200)
  const stay = new AbortController()
  onTestFinished(() => stay.abort())
  for (let n = 0; n < 9; n++) {
    const { status } = await fetch(`${address}/api/events`, { headers: cookie, signal: stay.signal })
    expect(status).toBe(200)
  }
})

test('a browser that has stopped reading is let go', async () => {
  const school = await world()
  const address = await school.server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => school.server.close())
  const socket = connect(Number(new URL(address).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write('GET /api/events HTTP/1.1\r\nhost: x\r\ncookie: zhuravl=token-of-teacher\r\n\r\n')
  await once(socket, 'data')
  socket.pause()
  const connections = () =>
    new Promise<number>((resolve) => school.server.server.getConnections((_, count) => resolve(count)))
  expect(await connections()).toBe(1)
  const notice = JSON.stringify({
    organizationId: ids.school,
    journalId: ids.physics7,
    cells: ['x'.repeat(7000)],
  })
  for (let n = 0; n < 40 && (await connections()) > 0; n++) {
    const text = `select pg_notify('cells', $1) from generate_series(1, 100) where pg_notify('cells', $1 || repeat(' ', generate_series::int)) is not null`
    await school.database.owner.query(text, [notice])
    await sleep(50)
  }
  expect(await connections()).toBe(0)
})

test.each([
  ['anna', 404],
  ['admin', 404],
  [null, 401],
] as const)('for %s there is no stream', async (who, status) => {
  const school = await world()
  expect((await school.as(who).get('/api/events')).status).toBe(status)
})
