import { expect, test } from 'vitest'
import { AcknowledgedEntries, KEPT_DAYS, KEPT_MOST } from './acknowledged.ts'
import { LostEntries } from './lost-operations.ts'
import { Outbox } from './outbox-queue.ts'
import { memoryStorage, type Operation } from './outbox-storage.ts'

const teacher = 'teacher-account'
const typed = (operationId: string, more: Partial<Operation> = {}): Operation => ({
  ...{
    operationId,
    accountId: teacher,
    method: 'PUT',
    path: '/api/lessons/l/record',
    body: { topic: operationId },
  },
  ...{ refused: null, restore: null, ...more },
})

/** A device on which `saved` were acknowledged and `unsent` wait, before a server that has lost some of them. */
async function device(saved: Operation[], unsent: Operation[] = [], lost: string[] = []) {
  const clock = { now: new Date('2026-11-12T09:00:00Z') }
  const [kept, waiting] = [memoryStorage(), memoryStorage(unsent)]
  const acknowledged = new AcknowledgedEntries(Promise.resolve(kept), () => clock.now)
  for (const operation of saved) await acknowledged.keep(operation)
  const asked: (readonly string[])[] = []
  const outbox = new Outbox({
    storage: Promise.resolve(waiting),
    send: async () => ({ status: 0, body: null, retryAfter: null }),
    newId: () => 'new',
    now: () => clock.now,
    alone: (work) => work(),
    later: () => undefined,
    signedIn: () => new Promise(() => undefined),
    acknowledged: () => undefined,
    restored: () => undefined,
    tell: () => undefined,
  })
  const entries = new LostEntries({
    acknowledged,
    outbox,
    ask: async (operationIds) => {
      asked.push(operationIds)
      return { lost: operationIds.filter((id) => lost.includes(id)) }
    },
  })
  const ids = async (storage: typeof kept) => (await storage.all()).map(({ operationId }) => operationId)
  const look = async (restore: string | null) => {
    await outbox.start(teacher, restore)
    await entries.look(teacher, restore)
    return entries.state.get().map(({ operationId }) => operationId)
  }
  return {
    clock,
    acknowledged,
    entries,
    outbox,
    asked,
    look,
    kept: () => ids(kept),
    waiting: () => ids(waiting),
  }
}

test('a journal that was never restored is asked nothing', async () => {
  const { look, asked } = await device([typed('a')], [], ['a'])
  expect(await look(null)).toEqual([])
  expect(asked).toEqual([])
})

test('what the restore has taken back is offered in the order in which it was typed; what it has not is asked about once', async () => {
  const { look, asked, kept, waiting } = await device(
    [typed('a'), typed('b'), typed('after', { restore: 'first' }), typed('c')],
    [typed('unsent'), typed('answered'), typed('foreign', { accountId: 'somebody-else' })],
    ['a', 'c', 'unsent', 'after'],
  )
  expect(await look('first')).toEqual(['a', 'c', 'unsent'])
  expect(asked).toEqual([['a', 'b', 'c', 'unsent', 'answered']])
  expect([await kept(), await waiting()]).toEqual([
    ['a', 'b', 'after', 'c'],
    ['unsent', 'foreign'],
  ])
  await look('first')
  expect(asked[1]).toEqual(['a', 'c', 'unsent'])
  // A second restore is another question about everything.
  expect(await look('second')).toEqual(['a', 'after', 'c', 'unsent'])
})

test('what waits unsent since an earlier restore comes before what was typed after it', async () => {
  const at = (minute: number) => `2026-11-12T08:0${minute}:00.000Z`
  const { look } = await device(
    [
      typed('saved', { typedAt: at(1) }),
      typed('by an earlier version'),
      typed('saved later', { restore: 'first', typedAt: at(5) }),
    ],
    [
      typed('waited', { typedAt: at(3) }),
      typed('waits now', { restore: 'first', typedAt: at(7) }),
      typed('waits, by an earlier version', { restore: 'first' }),
    ],
    ['saved', 'by an earlier version', 'saved later', 'waited', 'waits now', 'waits, by an earlier version'],
  )
  expect(await look('second')).toEqual([
    ...['saved', 'waited', 'saved later', 'waits now'],
    // Saved at nine by the clock of this device.
    'by an earlier version',
    'waits, by an earlier version',
  ])
})

test('what was decided about is forgotten, in part or whole, wherever it was kept', async () => {
  const { look, entries, kept, waiting } = await device(
    [typed('a'), typed('b')],
    [typed('c')],
    ['a', 'b', 'c'],
  )
  await look('first')
  const [a, b, c] = entries.state.get()
  if (!a || !b || !c) throw new Error('three are lost')
  await entries.settle(a, null)
  await entries.settle(b, { ...b, body: { topic: 'less' } })
  await entries.settle(c, null)
  expect([await kept(), await waiting()]).toEqual([['b'], []])
  expect(entries.state.get()).toMatchObject([{ operationId: 'b', body: { topic: 'less' } }])
  await look('first')
  expect(entries.state.get()).toMatchObject([{ operationId: 'b', body: { topic: 'less' } }])
})

test('nothing of whoever signs out stays, and nothing of others is taken', async () => {
  const other = typed('other', { accountId: 'somebody-else' })
  const { look, entries, kept, waiting } = await device(
    [typed('a'), other],
    [typed('unsent')],
    ['a', 'unsent'],
  )
  await look('first')
  await entries.leave()
  expect(entries.state.get()).toEqual([])
  expect([await kept(), await waiting()]).toEqual([['other'], ['unsent']])
})

test('it is kept for days, and not without end', async () => {
  const { clock, acknowledged, kept } = await device([typed('old')])
  clock.now = new Date(clock.now.getTime() + KEPT_DAYS * 86_400_000)
  await acknowledged.of(teacher)
  expect(await kept()).toEqual(['old'])
  clock.now = new Date(clock.now.getTime() + 1)
  await acknowledged.of('somebody-else')
  expect(await kept()).toEqual([])
  for (let n = 0; n <= KEPT_MOST; n++) await acknowledged.keep(typed(String(n)))
  const left = await acknowledged.of(teacher)
  expect([left.length, left[0]?.operationId]).toEqual([KEPT_MOST, '1'])
})
