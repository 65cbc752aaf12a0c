import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Problem } from '#contract/problem.ts'
import { refusalWords } from '#domain/refusal.words.ts'
import { newId } from '#platform/ids.ts'
import type { Operation } from '#platform/operation.ts'
import { operations } from '../../server/operations.ts'
import { checksum } from '../access/checksum.ts'
import { type Ask, addressOf, askOf, type Probe } from '../access/probe.ts'
import { probes } from '../access/probes.ts'
import { ACTORS, createTemplate, openStage, type Stage } from '../access/stage.ts'
import { HOSTILE, RAW, spoiled } from './hostile.ts'

// The same requests at every run, so that red means the change at hand. ZHURAVL_FUZZ=<runs>[:<seed>] asks for more of
// them, with a new seed unless it is told; the seed is in the name of each test.
const [runs = 40, given] = (process.env.ZHURAVL_FUZZ ?? '').split(':').filter(Boolean).map(Number)
const seed = given ?? (process.env.ZHURAVL_FUZZ ? Math.trunc(Math.random() * 2 ** 31) : 20_261_112)

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

type Sent = { who: string; url: string; headers: Record<string, string>; payload?: string }
type Answer = { status: number; text: string; type: string }

async function ask({ server }: Stage, { method }: Operation, sent: Sent): Promise<Answer> {
  const { statusCode, payload, headers } = await server.inject({
    method,
    url: sent.url,
    headers: { cookie: `zhuravl=token-of-${sent.who}`, 'idempotency-key': newId(), ...sent.headers },
    ...(sent.payload === undefined ? {} : { payload: sent.payload }),
  })
  return { status: statusCode, text: payload, type: String(headers['content-type']) }
}

/** Words of the inside: a stack, a path, a statement, a constraint, a code of PostgreSQL. */
const INSIDE =
  /\n\s+at |node_modules|file:\/\/|\/server\/|select .* from|insert into|violates|constraint|syntax error|FST_ERR|ECONN/i
const SENTENCES = new Set<string>(Object.values(refusalWords))

function faultOf(operation: Operation, { status, text, type }: Answer): string | null {
  if (status >= 500) return `${status} ${text.slice(0, 200)}`
  if (!type.startsWith('application/json')) return `answered as ${type}`
  const body = JSON.parse(text)
  if (status < 300) return operation.answer.safeParse(body).success ? null : 'a success of another shape'
  if (INSIDE.test(text)) return `tells of its inside: ${text.slice(0, 200)}`
  const problem = Problem.safeParse(body)
  if (!problem.success) return `a refusal of another shape: ${text.slice(0, 200)}`
  if (!SENTENCES.has(problem.data.message)) return `no known sentence: ${problem.data.message}`
  const { faults = [] } = problem.data
  const foreign = faults.find(
    ({ message }) => !/[А-Яа-яЁё]/.test(message) || /[a-z]{3}/i.test(message.replace('Caps Lock', '')),
  )
  return foreign ? `a fault nobody can read: ${foreign.path} ${foreign.message}` : null
}

type Base = { ask: Ask; who: string }

/** The right request of whoever may make it, so that what is spoiled goes as deep as it can. */
async function baseOf(stage: Stage, probe: Probe): Promise<Base> {
  const [target] = Object.values(probe.targets)
  if (!target) throw new Error('a probe without a target')
  return { ask: await askOf(stage, target), who: target.may[0] ?? 'director' }
}

const jsonHeaders = { 'content-type': 'application/json' }
const textOf = (body: unknown): string => JSON.stringify(body)

function attempts(operation: Operation, base: Base): fc.Arbitrary<Sent> {
  const url = addressOf(operation, base.ask)
  const who = fc.oneof(
    { weight: 4, arbitrary: fc.constant(base.who) },
    { weight: 1, arbitrary: fc.constantFrom(...ACTORS) },
  )
  const payload = base.ask.body === undefined ? undefined : textOf(base.ask.body)
  const right = {
    url,
    headers: payload === undefined ? {} : jsonHeaders,
    ...(payload !== undefined && { payload }),
  }
  const kinds: fc.Arbitrary<Omit<Sent, 'who'>>[] = [
    spoiledAddress(operation, base, right),
    spoiledHeaders(right),
  ]
  if (base.ask.body !== undefined) {
    const bodies = spoiled(base.ask.body).map((body) => ({ ...right, payload: textOf(body) ?? '' }))
    const shaped = fromSchema(operation.body).map((body) => ({ ...right, payload: textOf(body) ?? '' }))
    const raw = fc
      .constantFrom(...RAW)
      .map(({ type, payload }) => ({ url, headers: { 'content-type': type }, payload }))
    kinds.push(bodies, bodies, bodies, shaped, raw)
  }
  return fc.tuple(fc.oneof(...kinds), who).map(([sent, actor]) => ({ ...sent, who: actor }))
}

function spoiledAddress(
  operation: Operation,
  { ask }: Base,
  right: Omit<Sent, 'who'>,
): fc.Arbitrary<Omit<Sent, 'who'>> {
  const bad = fc
    .constantFrom(...HOSTILE.map(String))
    .filter((text) => !/\p{Surrogate}/u.test(text) && text.length < 2000)
  const names = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
  const asked = [...new Set([...Object.keys(ask.query ?? {}), ...propertiesOf(operation.query), 'unknown'])]
  const inQuery = fc
    .tuple(fc.constantFrom(...asked), bad)
    .map(([name, text]) => addressOf(operation, { ...ask, query: { ...ask.query, [name]: text } }))
  const inPath = fc
    .tuple(fc.constantFrom(...names, ''), bad)
    .map(([name, text]) => addressOf(operation, { ...ask, params: { ...ask.params, [name]: text } }))
  const odd = fc.constantFrom(
    `${right.url}/`,
    `${right.url}?a=%zz`,
    `${right.url}%00`,
    `${right.url}?a[b][c]=1&a=2`,
  )
  return fc.oneof(inQuery, ...(names.length > 0 ? [inPath] : []), odd).map((url) => ({ ...right, url }))
}

function spoiledHeaders(right: Omit<Sent, 'who'>): fc.Arbitrary<Omit<Sent, 'who'>> {
  return fc
    .constantFrom<Record<string, string>>(
      { 'idempotency-key': 'not a key' },
      { 'idempotency-key': '' },
      { 'x-http-method-override': 'DELETE' },
      { 'x-method-override': 'PUT', 'x-http-method': 'PUT' },
      { accept: 'text/html' },
      { 'accept-encoding': 'x'.repeat(2000) },
      { cookie: 'zhuravl=%00; zhuravl=' },
      { cookie: `zhuravl=${'x'.repeat(4000)}` },
      { 'x-forwarded-for': `'; select 1; --`, 'x-forwarded-host': 'evil.example' },
      { 'if-none-match': '*', range: 'bytes=0-1' },
      { 'user-agent': '\u00ff'.repeat(500) },
    )
    .map((headers) => ({ ...right, headers: { ...right.headers, ...headers } }))
}

type Json = {
  type?: string
  properties?: Record<string, Json>
  items?: Json
  enum?: unknown[]
  anyOf?: Json[]
  const?: unknown
}
const jsonSchema = (shape: Operation['body']): Json =>
  shape ? (z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Json) : {}
const propertiesOf = (shape: Operation['query']): string[] => Object.keys(jsonSchema(shape).properties ?? {})

/** Any value of the declared shape, edges of it included. */
function anyOf(schema: Json): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(anyOf))
  const edge = { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) }
  if (schema.type === 'object')
    return fc.record(
      Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, of]) => [name, anyOf(of)])),
    )
  if (schema.type === 'array') return fc.array(anyOf(schema.items ?? {}), { minLength: 1, maxLength: 4 })
  const likely: Record<string, fc.Arbitrary<unknown>> = {
    string: fc.oneof(fc.uuid(), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constant('2026-11-12')),
    integer: fc.nat(20),
    number: fc.double({ noNaN: true, min: -10, max: 10 }),
    boolean: fc.boolean(),
    null: fc.constant(null),
  }
  const usual = likely[schema.type ?? ''] ?? fc.jsonValue()
  return fc.oneof({ weight: 8, arbitrary: usual }, edge)
}
const fromSchema = (shape: Operation['body']): fc.Arbitrary<unknown> => anyOf(jsonSchema(shape))

const asked = operations.filter(({ stream }) => !stream)

test.each(asked.map(({ id }) => id))(`%s stands any request (seed ${seed})`, async (id) => {
  const operation = asked.find((each) => each.id === id) as Operation
  const probe = probes[id]
  if (!probe) return expect.fail(`no probe for ${id}`)
  const stage = await openStage(template.name, { checkAnswers: false })
  try {
    const base = await baseOf(stage, probe)
    let before = await checksum(stage.database)
    const wrong: string[] = []
    for (const sent of fc.sample(attempts(operation, base), { numRuns: runs, seed })) {
      const answer = await ask(stage, operation, sent)
      const after = await checksum(stage.database)
      const moved = Object.keys(after).filter((table) => after[table] !== before[table])
      // Refused sign-ins are counted, whoever they are for.
      const changed = moved.filter((table) => table !== 'sign_in_failure')
      before = after
      const fault = faultOf(operation, answer)
      if (fault) wrong.push(`${describe(sent)}: ${fault}`)
      if (answer.status >= 300 && changed.length > 0)
        wrong.push(`${describe(sent)}: refused with ${answer.status}, and changed ${changed}`)
    }
    expect(wrong, `seed ${seed}`).toEqual([])
    expect(stage.log.join('')).not.toMatch(/"level":(50|60)/)
  } finally {
    await stage.close()
  }
})

const describe = ({ who, url, headers, payload }: Sent): string =>
  `${who} ${url.slice(0, 120)} ${JSON.stringify(headers).slice(0, 80)} ${payload?.slice(0, 300) ?? ''}`
