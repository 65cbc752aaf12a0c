import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import type { Operation } from '#platform/operation.ts'
import { operations } from '../../server/operations.ts'
import { checksum } from '../access/checksum.ts'
import { type Ask, addressOf, askOf } from '../access/probe.ts'
import { probes } from '../access/probes.ts'
import { createTemplate, openStage, type Stage } from '../access/stage.ts'

let template: Awaited<ReturnType<typeof createTemplate>>
let stage: Stage
beforeAll(async () => {
  template = await createTemplate()
  stage = await openStage(template.name)
})
afterAll(async () => {
  await stage.close()
  await template.drop()
})

type Sent = { url: string; payload?: string; type?: string }

/** An object and every object within it, each with a field more. */
function widened(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const within = Object.entries(value).flatMap(([key, child]) =>
    widened(child).map((wide) =>
      Array.isArray(value)
        ? value.map((each, n) => (String(n) === key ? wide : each))
        : { ...value, [key]: wide },
    ),
  )
  return Array.isArray(value) ? within : [{ ...value, isAdmin: true }, ...within]
}

/** The value with each of its numbers replaced in turn. */
function renumbered(value: unknown, by: number): unknown[] {
  if (typeof value === 'number') return [by]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    renumbered(child, by).map((other) =>
      Array.isArray(value)
        ? value.map((each, n) => (String(n) === key ? other : each))
        : { ...value, [key]: other },
    ),
  )
}

async function refusalOf(operation: Operation, who: string, { url, payload, type }: Sent): Promise<string> {
  const { statusCode, body } = await stage.server.inject({
    method: operation.method,
    url,
    headers: {
      'idempotency-key': newId(),
      cookie: `zhuravl=token-of-${who}`,
      ...(payload !== undefined && { 'content-type': type ?? 'application/json' }),
    },
    ...(payload !== undefined && { payload }),
  })
  return `${statusCode} ${JSON.parse(body).refusal}`
}

const asked = operations.filter(({ stream }) => !stream)
async function rightRequest({ id }: Operation): Promise<{ ask: Ask; who: string }> {
  const [target] = Object.values(probes[id]?.targets ?? {})
  if (!target) throw new Error(`no probe for ${id}`)
  return { ask: await askOf(stage, target), who: target.may[0] ?? 'director' }
}

test.each(asked.map(({ id }) => id))('%s takes no field that it does not know', async (id) => {
  const operation = asked.find((each) => each.id === id) as Operation
  const { ask, who } = await rightRequest(operation)
  const url = addressOf(operation, ask)
  const before = await checksum(stage.database)
  const strange: Sent[] = [{ url: addressOf(operation, { ...ask, query: { ...ask.query, isAdmin: '1' } }) }]
  if (ask.body !== undefined) strange[0] = { ...(strange[0] as Sent), payload: JSON.stringify(ask.body) }
  for (const body of widened(ask.body)) strange.push({ url, payload: JSON.stringify(body) })
  for (const sent of strange)
    expect(await refusalOf(operation, who, sent), sent.payload ?? sent.url).toBe('400 bad-shape')
  expect(await checksum(stage.database)).toEqual(before)
})

test.each([2 ** 31, 2 ** 53, 1e308, -1, 1.5])('no number %d is too much for an operation', async (by) => {
  for (const operation of asked.filter(({ body }) => body)) {
    const { ask, who } = await rightRequest(operation)
    for (const body of renumbered(ask.body, by)) {
      const said = await refusalOf(operation, who, {
        url: addressOf(operation, ask),
        payload: JSON.stringify(body),
      })
      expect(said, `${operation.id} ${JSON.stringify(body)}`).not.toMatch(/^5/)
    }
  }
})

const BROKEN: [string, string, string, string][] = [
  ['cut short', '{"version":', 'application/json', '400 bad-shape'],
  ['empty', '', 'application/json', '400 bad-shape'],
  ['null', 'null', 'application/json', '400 bad-shape'],
  ['a list', '[]', 'application/json', '400 bad-shape'],
  ['with a prototype', '{"__proto__":{"isAdmin":true}}', 'application/json', '400 bad-shape'],
  ['with a constructor', '{"constructor":{"prototype":{}}}', 'application/json', '400 bad-shape'],
  ['nested without end', '['.repeat(100_000), 'application/json', '400 bad-shape'],
  ['of a megabyte', `{"x":"${'x'.repeat(1_048_576)}"}`, 'application/json', '413 too-large'],
  ['plain text', '{}', 'text/plain', '400 bad-shape'],
  ['a form', 'a=1', 'application/x-www-form-urlencoded', '400 bad-shape'],
  ['XML', '<a/>', 'application/xml', '400 bad-shape'],
  ['of no type', '{}', 'nonsense', '400 bad-shape'],
]

test.each(BROKEN)(
  'a body %s is refused by every operation that takes one',
  async (_, payload, type, expected) => {
    // Some requests are about a record made for them.
    const requests = []
    for (const operation of asked.filter(({ body }) => body))
      requests.push({ operation, ...(await rightRequest(operation)) })
    const before = await checksum(stage.database)
    for (const { operation, ask, who } of requests) {
      const said = await refusalOf(operation, who, { url: addressOf(operation, ask), payload, type })
      expect(said, operation.id).toBe(expected)
    }
    expect(await checksum(stage.database)).toEqual(before)
  },
)

test('no header turns a read into a write', async () => {
  const before = await checksum(stage.database)
  for (const operation of asked.filter(({ method }) => method === 'GET')) {
    const { ask, who } = await rightRequest(operation)
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override'])
      await stage.server.inject({
        method: 'GET',
        url: addressOf(operation, ask),
        headers: { cookie: `zhuravl=token-of-${who}`, [header]: 'DELETE' },
      })
  }
  expect(await checksum(stage.database)).toEqual(before)
})
