import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { createServer } from '../../server/app.ts'
import { operations } from '../../server/operations.ts'
import { checksum } from '../access/checksum.ts'
import { addressOf, askOf } from '../access/probe.ts'
import { probes } from '../access/probes.ts'
import { createTemplate, openStage, type Stage } from '../access/stage.ts'

let template: Awaited<ReturnType<typeof createTemplate>>
let stage: Stage
let webRoot: string
beforeAll(async () => {
  template = await createTemplate()
  const bare = await openStage(template.name)
  webRoot = mkdtempSync(join(tmpdir(), 'zhuravl-web-'))
  mkdirSync(join(webRoot, 'assets'))
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Журавль</title>')
  writeFileSync(join(webRoot, 'assets', 'main-1.js'), 'export {}')
  await bare.server.close()
  const { database, log, clock } = bare
  const server = await createServer({
    database,
    clock: () => clock.now,
    webRoot,
    logLevel: 'info',
    logTo: { write: (line) => log.push(line) },
  })
  stage = { ...bare, server }
})
afterAll(async () => {
  await stage.server.close()
  await stage.database.close()
  await template.drop()
  rmSync(webRoot, { recursive: true })
})

const ADDRESSES: [string, string, number][] = [
  ['GET', '/', 200],
  ['GET', '/journals/00000000-0000-4000-8000-000000000060', 200],
  ['GET', '/assets/main-1.js', 200],
  ['GET', '/assets/missing.js', 404],
  ['GET', '/%2e%2e/%2e%2e/etc/passwd', 200],
  ['POST', '/', 404],
  ['TRACE', '/', 404],
  ['GET', '/healthz', 200],
  // The databases of tests are not durable, and it says so.
  ['GET', '/readyz', 503],
  ['GET', '/api/openapi.json', 200],
  ['GET', '/api/session', 401],
  ['GET', '/api/nothing-here', 404],
  ['PATCH', '/api/session', 404],
  ['PUT', '/api/session/password', 401],
  ['POST', '/api/session', 400],
  ['GET', `/api/journals/${'x'.repeat(300)}`, 404],
  ['GET', '/api/journals/%zz', 404],
  ['GET', '/%', 404],
]

test.each(ADDRESSES)('%s %s is answered with every header of protection', async (method, url, status) => {
  const payload = method === 'POST' ? { payload: {} } : {}
  const { headers, statusCode } = await stage.server.inject({ method: method as 'GET', url, ...payload })
  expect(statusCode).toBe(status)
  expectProtection(headers)
  if (url.startsWith('/api')) expect(headers['cache-control']).toBe('no-store')
  if (statusCode >= 400) expect(String(headers['content-type'])).toContain('application/json')
})

function expectProtection(headers: Record<string, unknown>): void {
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).not.toMatch(/unsafe-|\*|https?:/)
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  })
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('server')
  expect(headers).not.toHaveProperty('access-control-allow-origin')
}

test('every operation, refused and answered, is kept out of caches and frames', async () => {
  for (const operation of operations.filter(({ stream }) => !stream)) {
    const [target] = Object.values(probes[operation.id]?.targets ?? {})
    if (!target) continue
    const ask = await askOf(stage, target)
    for (const who of [null, 'carer', target.may[0] ?? 'director']) {
      const { headers } = await stage.server.inject({
        method: operation.method,
        url: addressOf(operation, ask),
        headers: { 'idempotency-key': newId(), ...(who && { cookie: `zhuravl=token-of-${who}` }) },
        ...(ask.body === undefined ? {} : { payload: ask.body as object }),
      })
      expectProtection(headers)
      expect(headers['cache-control'], operation.id).toBe('no-store')
    }
  }
})

test('nothing of the framework’s own answers a request that is no HTTP', async () => {
  const address = await stage.server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = new URL(address)
  const status = await new Promise((resolve) => {
    const sent = request({ port: Number(port), host: '127.0.0.1', path: '/api/session', method: 'FOO' })
    sent.on('response', (response) => resolve(response.statusCode)).on('error', () => resolve('closed'))
    sent.end()
  })
  expect(['closed', 400, 404]).toContain(status)
})

const FOREIGN: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost.evil.example' },
  { origin: 'http://localhost:81' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'http://localhost:80', 'sec-fetch-site': 'cross-site' },
]

test.each(FOREIGN)('no operation that writes is taken from another site: %o', async (headers) => {
  for (const operation of operations.filter(({ method }) => method !== 'GET')) {
    const [target] = Object.values(probes[operation.id]?.targets ?? {})
    if (!target) continue
    // Some requests are about a record made for them.
    const ask = await askOf(stage, target)
    const before = await checksum(stage.database)
    const answer = await stage.server.inject({
      method: operation.method,
      url: addressOf(operation, ask),
      headers: {
        host: 'localhost:80',
        'idempotency-key': newId(),
        cookie: `zhuravl=token-of-${target.may[0]}`,
        ...headers,
      },
      ...(ask.body === undefined ? {} : { payload: ask.body as object }),
    })
    expect([answer.statusCode, answer.json().refusal], operation.id).toEqual([403, 'foreign-origin'])
    expect(await checksum(stage.database), operation.id).toEqual(before)
  }
})

test('the same page of the same site is taken', async () => {
  const answer = await stage.server.inject({
    method: 'PUT',
    url: '/api/session/rules-acceptance',
    headers: {
      host: 'journal.school',
      origin: 'https://journal.school',
      'sec-fetch-site': 'same-origin',
      'idempotency-key': newId(),
      cookie: 'zhuravl=token-of-homeroom',
    },
    payload: {},
  })
  expect(answer.statusCode).toBe(200)
})

test('a session cookie is out of reach of scripts and of other sites', async () => {
  const payload = { login: 'teacher', password: 'Канарейка' }
  const { headers, statusCode } = await stage.server.inject({ method: 'POST', url: '/api/session', payload })
  expect(statusCode).toBe(200)
  expect(String(headers['set-cookie'])).toMatch(/^zhuravl=[\w-]{40,}; .*HttpOnly; SameSite=Lax/)
})

test('the log names routes and no person, word or address', () => {
  const log = stage.log.join('')
  expect(log.length).toBeGreaterThan(1000)
  expect(log).not.toMatch(/Канарейка|token-of|[А-Яа-яЁё]{3}|00000000-0000-4000/)
})
