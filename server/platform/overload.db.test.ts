import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { ids, world } from '#test/world.ts'

const grid = `/api/journals/${ids.physics7}`
const READERS = 300

async function listening() {
  const { database, server } = await world()
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => {
    server.server.closeAllConnections()
    return server.close()
  })
  return { database, address }
}

test('more readers than can be served are told at once when to come again, and all others are served', async () => {
  const { database, address } = await listening()
  const ask = async (path: string, method = 'GET', body?: unknown) => {
    const answer = await fetch(address + path, {
      method,
      headers: {
        cookie: `zhuravl=token-of-${method === 'DELETE' ? 'deputy' : 'teacher'}`,
        'idempotency-key': newId(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  // The first call of a while notes that the session is alive, and would hold it for its other calls.
  expect((await ask(grid)).status).toBe(200)
  // The journal page waits for this table, as it would for a slow disk; a topic does not.
  const holder = await database.owner.connect()
  onTestFinished(() => holder.release(true))
  await holder.query('begin')
  await holder.query('lock table mark in access exclusive mode')
  const readers = Array.from({ length: READERS }, () => ask(grid))
  const first = await Promise.race(readers)
  expect(first.status).toBe(503)
  expect(JSON.parse(first.text)).toMatchObject({
    refusal: 'busy',
    message: expect.stringContaining('много обращений'),
  })
  expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(first.headers.get('cache-control')).toBe('no-store')
  expect(first.headers.get('x-content-type-options')).toBe('nosniff')

  const topic = { topic: 'Сила трения', planItemId: null, comment: null, version: 0 }
  expect((await ask(`/api/lessons/${ids.today}/record`, 'PUT', topic)).status).toBe(200)
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/api/session', 'DELETE')).status).toBe(200)

  await holder.query('commit')
  const statuses = (await Promise.all(readers)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0)
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect((await ask(grid)).status).toBe(200)
})

test('whoever is turned away keeps the connection and is answered the next thing asked on it', async () => {
  const { database, address } = await listening()
  const holder = await database.owner.connect()
  onTestFinished(() => holder.release(true))
  await holder.query('begin')
  // Every save waits for it.
  await holder.query('lock table operation in access exclusive mode')
  const put = `PUT /api/lessons/${ids.today}/record HTTP/1.1\r\nhost: x\r\ncookie: zhuravl=token-of-teacher\r\n`
  const body = JSON.stringify({ topic: 'Т', planItemId: null, comment: null, version: 0 })
  const request = () =>
    `${put}content-type: application/json\r\nidempotency-key: ${newId()}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  const lines = Array.from({ length: READERS }, () => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write(request())
    return once(socket, 'data').then(([text]) => ({ socket, text: String(text) }))
  })
  const { socket, text } = await Promise.race(lines)
  expect(text).toMatch(/^HTTP\/1\.1 503 /)
  expect(text).toMatch(/\r\nretry-after: \d/i)
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
  const [next] = await once(socket, 'data')
  expect(String(next)).toMatch(/^HTTP\/1\.1 200 /)
})
