import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createServer } from '../../server/app.ts'
import { createDatabase, type OwnDatabase } from '../database.ts'
import { fill } from '../small-school.ts'

// Spoken over a socket: every client that builds addresses would straighten these first.
let database: OwnDatabase
let server: Awaited<ReturnType<typeof createServer>>
let webRoot: string
let port: number
const log: string[] = []
beforeAll(async () => {
  database = await createDatabase()
  await fill(database)
  webRoot = mkdtempSync(join(tmpdir(), 'zhuravl-web-'))
  mkdirSync(join(webRoot, 'assets'))
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Журавль</title>')
  const logTo = { write: (line: string) => void log.push(line) }
  const clock = () => new Date('2026-11-12T09:00:00Z')
  server = await createServer({ database, clock, webRoot, logLevel: 'warn', logTo })
  port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(async () => {
  await server.close()
  await database.close()
  rmSync(webRoot, { recursive: true })
})
beforeEach(() => {
  log.length = 0
})

function say(text: string): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', body = ''] = answer.split('\r\n\r\n')
      resolve({ status: Number(head.split(' ')[1]), head: head.toLowerCase(), body })
    })
  })
}

const ask = (path: string, method = 'GET', headers = '') =>
  say(`${method} ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${headers}\r\n`)

const PROTECTION = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'referrer-policy: no-referrer',
  'x-content-type-options: nosniff',
  'x-robots-tag',
]

const CROOKED = [
  ...[
    '/..',
    '/../..',
    '//',
    '//evil.example',
    '/a//b',
    '/./',
    '/.',
    '/a/../b',
    '/..?q=1',
    '/assets/..',
    '/assets//',
  ],
  ...[
    '/%2e%2e/x',
    '/%2E%2e',
    '/.%2e/x',
    '/%2e',
    '/..%2f..%2fetc/passwd',
    '/%2f',
    '/assets/%2e%2e/index.html',
  ],
  ...[
    '/\\..\\',
    '/\\',
    '/a\\b',
    '/%5c..%5c',
    '/..%5c',
    '/%00',
    '/a%00.js',
    '/%',
    '/%zz',
    '/%c0%ae',
    '/%e0%a4%a',
    '/a/%ff',
  ],
  ...[
    '/api/..',
    '/api//session',
    '/api/%2e%2e/session',
    '/api/journals/..',
    '/api/journals/%',
    '/healthz/..',
    '*',
  ],
]

test.each(CROOKED)('%s is not found, without a line in the log', async (path) => {
  for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE']) {
    const { status, head, body } = await ask(path, method, method === 'POST' ? 'content-length: 0\r\n' : '')
    expect([method, status]).toEqual([method, 404])
    for (const header of PROTECTION) expect(head).toContain(header)
    expect(body).not.toContain('incident')
  }
  expect(log).toEqual([])
})

test('an address with dots inside its steps stays an address', async () => {
  expect((await ask('/journals/a..b')).status).toBe(200)
  expect((await ask('/?from=../..//')).status).toBe(200)
  expect((await ask('/people?q=%2e%2e%2f')).status).toBe(200)
})

test.each([
  ['no HTTP at all', 400, 'nonsense\r\n\r\n'],
  [
    'two lengths',
    400,
    'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n',
  ],
  ['a head without end', 431, `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`],
  [
    'an expectation nobody knows',
    401,
    'GET /api/session HTTP/1.1\r\nhost: a\r\nexpect: x\r\nconnection: close\r\n\r\n',
  ],
  ['no host', 400, 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n'],
])('%s is answered by the headers of protection too', async (_, status, text) => {
  const answer = await say(text)
  expect(answer.status).toBe(status)
  for (const header of PROTECTION) expect(answer.head).toContain(header)
  expect(log).toEqual([])
})

test('a head that does not come is given up within its bound, and says so', { timeout: 40_000 }, async () => {
  const { status, head, body } = await say('GET / HTTP/1.1\r\nhost: a\r\n')
  expect([status, JSON.parse(body).refusal]).toEqual([408, 'too-slow'])
  for (const header of PROTECTION) expect(head).toContain(header)
  expect([server.server.headersTimeout, server.server.requestTimeout]).toEqual([10_000, 30_000])
  expect(server.server.maxConnections).toBeGreaterThan(0)
})

test('a head alone of the stream of changes is answered', async () => {
  const cookie = 'cookie: zhuravl=token-of-teacher\r\n'
  expect((await ask('/api/events', 'HEAD', cookie)).status).toBe(200)
  expect((await ask('/api/events', 'HEAD')).status).toBe(401)
})
