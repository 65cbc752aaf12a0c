import { expect, test } from 'vitest'
import type { Answer } from './api.ts'
import { Outbox, type OutboxWorld, type Outcome } from './outbox-queue.ts'
import { memoryStorage, type Operation } from './outbox-storage.ts'

const teacher = 'teacher-account'
const order = (value: string) => ({ method: 'PUT' as const, path: '/api/journals/j/cells', body: { value } })
const saved: Answer = { status: 200, body: { cells: [] }, retryAfter: null }
const silence: Answer = { status: 0, body: null, retryAfter: null }

type Heard = { operationId: string; value: unknown }

function office(answers: Answer[], storage = memoryStorage()) {
  const heard: Heard[] = []
  const outcomes: Outcome[] = []
  const acknowledged: string[] = []
  let asked = 0
  let ids = 0
  let wake: () => void = () => undefined
  let back: () => void = () => undefined
  const world: OutboxWorld = {
    storage: Promise.resolve(storage),
    send: async (operation) => {
      heard.push({ operationId: operation.operationId, value: (operation.body as { value: string }).value })
      return answers.shift() ?? saved
    },
    newId: () => `operation-${++ids}`,
    now: () => new Date('2026-11-12T09:00:00Z'),
    alone: (work) => work(),
    later: (_, work) => {
      wake = work
    },
    signedIn: () => new Promise((resolve) => (back = resolve)),
    tell: () => undefined,
    acknowledged: ({ operationId }) => void acknowledged.push(operationId),
    restored: () => void asked++,
  }
  const outbox = new Outbox(world)
  outbox.onOutcome((outcome) => outcomes.push(outcome))
  return {
    outbox,
    heard,
    outcomes,
    acknowledged,
    asked: () => asked,
    storage,
    wake: () => wake(),
    signIn: () => back(),
  }
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 20))

test('operations are sent in the order they were typed, then forgotten', async () => {
  const { outbox, heard, outcomes, storage } = office([])
  await outbox.start(teacher)
  for (const value of ['5', '4', 'н']) outbox.enqueue(order(value))
  expect(outbox.state.get().waiting).toHaveLength(3)
  await quiet()
  expect(heard.map(({ value }) => value)).toEqual(['5', '4', 'н'])
  expect(outcomes).toHaveLength(3)
  expect(outbox.state.get().waiting).toEqual([])
  expect(await storage.all()).toEqual([])
})

test('without a connection the same operation is tried again under its own id', async () => {
  const { outbox, heard, wake } = office([silence, { ...silence, status: 503 }])
  await outbox.start(teacher)
  outbox.enqueue(order('5'))
  await quiet()
  expect(outbox.state.get()).toMatchObject({ pause: 'no-connection', waiting: [{ body: { value: '5' } }] })
  wake()
  await quiet()
  expect(outbox.state.get().pause).toBe('busy')
  wake()
  await quiet()
  expect(new Set(heard.map(({ operationId }) => operationId)).size).toBe(1)
  expect(heard).toHaveLength(3)
  expect(outbox.state.get()).toMatchObject({ pause: null, waiting: [] })
})

test('an ended session holds everything until its owner is back', async () => {
  const { outbox, heard, signIn } = office([{ ...silence, status: 401 }])
  await outbox.start(teacher)
  outbox.enqueue(order('5'))
  outbox.enqueue(order('4'))
  await quiet()
  expect(outbox.state.get()).toMatchObject({ pause: 'signed-out' })
  expect(heard).toHaveLength(1)
  signIn()
  await quiet()
  expect(heard.map(({ value }) => value)).toEqual(['5', '5', '4'])
})

test('a refused operation stays visible and does not hold up the next', async () => {
  const refusal = { refusal: 'window-closed', message: '' }
  const { outbox, outcomes, storage } = office([{ status: 409, body: refusal, retryAfter: null }])
  await outbox.start(teacher)
  const operationId = outbox.enqueue(order('5'))
  outbox.enqueue(order('4'))
  await quiet()
  expect(outbox.state.get()).toMatchObject({ waiting: [], refused: [{ operationId }] })
  expect(outcomes[0]).toMatchObject({ refused: { status: 409, problem: refusal } })
  expect(await storage.all()).toHaveLength(1)
  await outbox.dismiss([operationId])
  expect(await storage.all()).toEqual([])
})

test('a refused operation can be sent once more under a new id', async () => {
  const { outbox, heard } = office([{ status: 422, body: null, retryAfter: null }])
  await outbox.start(teacher)
  const operationId = outbox.enqueue(order('5'))
  await quiet()
  await outbox.retry(operationId)
  await quiet()
  expect(heard[1]?.operationId).not.toBe(operationId)
  expect(outbox.state.get()).toMatchObject({ waiting: [], refused: [] })
})

test('a request that breaks the server every time lets the others pass in the end', async () => {
  const broken: Answer = { status: 500, body: null, retryAfter: null }
  const { outbox, wake, heard } = office(Array.from({ length: 7 }, () => broken))
  await outbox.start(teacher)
  outbox.enqueue(order('5'))
  outbox.enqueue(order('4'))
  for (let turn = 0; turn < 8; turn++) {
    await quiet()
    wake()
  }
  await quiet()
  expect(heard.at(-1)?.value).toBe('4')
  expect(outbox.state.get()).toMatchObject({ waiting: [], refused: [{ body: { value: '5' } }] })
})

test("after a reload the rest is sent; another account's entries are counted, never sent", async () => {
  const kept = (accountId: string, value: string): Operation => ({
    ...order(value),
    operationId: `${accountId} ${value}`,
    accountId,
    refused: null,
  })
  const storage = memoryStorage([kept('somebody-else', '2'), kept(teacher, '5')])
  const { outbox, heard } = office([], storage)
  await outbox.start(teacher)
  await quiet()
  expect(heard.map(({ value }) => value)).toEqual(['5'])
  expect(outbox.state.get().foreign).toBe(1)
  expect((await storage.all()).map(({ accountId }) => accountId)).toEqual(['somebody-else'])
})

test('whoever comes later hears what was settled since a moment they name, once and in order', async () => {
  const { outbox } = office([])
  await outbox.start(teacher)
  outbox.enqueue(order('5'))
  await quiet()
  const before = outbox.settled
  outbox.enqueue(order('4'))
  outbox.enqueue(order('3'))
  await quiet()
  const values: unknown[] = []
  outbox.onOutcome(({ operation }) => values.push((operation.body as { value: string }).value), before)
  outbox.enqueue(order('2'))
  await quiet()
  expect(values).toEqual(['4', '3', '2'])
})

test('what the server keeps for a decision is told as refused and kept here no longer', async () => {
  const { outbox, outcomes, storage } = office([{ ...saved, body: { referred: 'entry' } }])
  await outbox.start(teacher)
  outbox.enqueue(order('5'))
  await quiet()
  expect(outcomes).toMatchObject([{ refused: { problem: { refusal: 'entry-referred' } } }])
  expect(outbox.state.get()).toMatchObject({ waiting: [], refused: [] })
  expect(await storage.all()).toEqual([])
})

test('it is said whether what waits is kept on this computer', async () => {
  const disk = memoryStorage()
  let written: () => void = () => undefined
  const writing = new Promise<void>((resolve) => (written = resolve))
  const storage = {
    ...disk,
    durable: true,
    put: async (operation: Operation) => {
      await writing
      await disk.put(operation)
    },
  }
  const { outbox } = office([silence], storage)
  await outbox.start(teacher)
  expect(outbox.state.get().keeping).toBe('kept')
  outbox.enqueue(order('5'))
  await quiet()
  expect(outbox.state.get()).toMatchObject({ keeping: 'being-kept', waiting: [{}] })
  written()
  await quiet()
  expect(outbox.state.get()).toMatchObject({ keeping: 'kept', waiting: [{}], pause: 'no-connection' })
})

test('where a browser cannot keep what was typed, it says so until it has been sent', async () => {
  const full = { ...memoryStorage(), durable: true, put: () => Promise.reject(new Error('the disk is full')) }
  const { outbox, heard, wake } = office([silence], full)
  await outbox.start(teacher)
  outbox.enqueue(order('5'))
  await quiet()
  expect(outbox.state.get()).toMatchObject({ keeping: 'impossible', waiting: [{}], pause: 'no-connection' })
  wake()
  await quiet()
  expect(heard).toHaveLength(2)
  expect(outbox.state.get()).toMatchObject({ keeping: 'kept', waiting: [] })
})

const kept = (value: string, more: Partial<Operation> = {}): Operation => ({
  ...order(value),
  ...{ operationId: value, accountId: teacher, refused: null, ...more },
})

test('what was typed before a restore is not sent by itself, refused or not, and what follows is', async () => {
  const refused = { status: 409, problem: { refusal: 'window-closed', message: '' } }
  const before = [kept('2'), kept('3', { restore: null }), kept('н', { restore: 'first', refused })]
  const { outbox, heard } = office([], memoryStorage([...before, kept('4', { restore: 'second' })]))
  await outbox.start(teacher, 'second')
  outbox.enqueue(order('5'))
  await quiet()
  expect(heard.map(({ value }) => value)).toEqual(['4', '5'])
  expect(outbox.state.get()).toMatchObject({ waiting: [], refused: [], outdated: before })
})

test('a page read before a restore sends nothing more once it knows', async () => {
  const restored = { status: 409, body: { refusal: 'journal-restored', message: '' }, retryAfter: null }
  const { outbox, heard, asked, storage } = office([restored])
  await outbox.start(teacher, null)
  outbox.enqueue(order('5'))
  await quiet()
  expect([outbox.state.get().pause, asked()]).toEqual(['restored', 1])
  await outbox.start(teacher, 'first')
  outbox.enqueue(order('4'))
  await quiet()
  expect(heard).toHaveLength(1)
  expect(outbox.state.get()).toMatchObject({
    waiting: [],
    outdated: [{ body: { value: '5' } }, { body: { value: '4' } }],
  })
  expect(await storage.all()).toHaveLength(2)
})

test('what was saved is handed over to be kept, what was not is not', async () => {
  const { outbox, acknowledged } = office([
    saved,
    { status: 409, body: { refusal: 'window-closed', message: '' }, retryAfter: null },
    { ...saved, body: { referred: 'entry' } },
  ])
  await outbox.start(teacher)
  const first = outbox.enqueue(order('5'))
  outbox.enqueue(order('4'))
  outbox.enqueue(order('3'))
  await quiet()
  expect(acknowledged).toEqual([first])
})
