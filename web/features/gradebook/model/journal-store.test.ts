import { describe, expect, test } from 'vitest'
import type { PutCells, SavedCell } from '#contract/gradebook.ts'
import type { Problem } from '#contract/problem.ts'
import { journalPage } from '#test/journal-page.ts'
import type { OutboxState } from '#web/outbox-queue.ts'
import type { Operation } from '#web/outbox-storage.ts'
import { createStore } from '#web/store.ts'
import { JournalStore } from './journal-store.ts'
import { shown, slotKey } from './slots.ts'

const pyotr = { lessonId: 'monday', studentId: 'pyotr', workId: 'monday-answer' }
const maria = { lessonId: 'monday', studentId: 'maria', workId: 'monday-answer' }

/** An outbox whose answers the test gives by hand. */
function desk(kept: Operation[] = []) {
  const sent: Operation[] = [...kept]
  const said: string[] = []
  const state = createStore<OutboxState>({
    waiting: kept.filter(({ refused }) => !refused),
    refused: kept.filter(({ refused }) => refused),
    outdated: [],
    foreign: 0,
    pause: null,
    keeping: 'kept',
  })
  const sender = {
    state,
    enqueue(order: Pick<Operation, 'method' | 'path' | 'body'>) {
      const operation = {
        ...order,
        operationId: `operation-${sent.length + 1}`,
        accountId: 'me',
        refused: null,
      }
      sent.push(operation)
      return operation.operationId
    },
    async amend(less: Operation) {
      const refused = state.get().refused.map((one) => (one.operationId === less.operationId ? less : one))
      state.set({ ...state.get(), refused })
    },
    async dismiss(ids: string[]) {
      const refused = state.get().refused.filter(({ operationId }) => !ids.includes(operationId))
      state.set({ ...state.get(), refused })
    },
  }
  const say = (sentence: string) => void said.push(sentence)
  const store = new JournalStore(journalPage(), sender, { announce: say, mention: say })
  const operation = (n: number): Operation => {
    const found = sent[n - 1]
    if (!found) throw new Error(`nothing was sent as number ${n}`)
    return found
  }
  return {
    store,
    sent,
    said,
    state,
    cells: (n: number) => (operation(n).body as PutCells).cells,
    save(n: number) {
      const { cells } = operation(n).body as PutCells
      const saved = cells.map(({ lessonId, studentId, workId, value, version }): SavedCell => {
        const comment = workId ? shown(store.slot(slotKey({ lessonId, studentId, workId }))).comment : null
        return { lessonId, studentId, workId, value, comment, version: version + 1 }
      })
      store.settle({ operation: operation(n), saved: { cells: saved } })
    },
    refuse(n: number, problem: Problem, status = 409) {
      const refused = { ...operation(n), refused: { status, problem } }
      state.set({ ...state.get(), refused: [...state.get().refused, refused] })
      store.settle({ operation: refused, refused: { status, problem } })
    },
  }
}

const conflict = (...current: SavedCell[]): Problem => ({ refusal: 'version-conflict', message: '', current })

describe('typing', () => {
  test('a value is shown at once, sent with the version seen, and saved when the server says so', () => {
    const { store, cells, save, said } = desk()
    store.write([{ ...maria, value: '5' }])
    expect(shown(store.slot(slotKey(maria)))).toMatchObject({ value: '5' })
    expect(cells(1)).toEqual([{ ...maria, value: '5', version: 2 }])
    save(1)
    expect(store.slot(slotKey(maria))).toMatchObject({
      sent: null,
      saved: true,
      held: { value: '5', version: 3 },
    })
    expect(said).toEqual(['5, сохранено'])
  })

  test('a second value typed before the first is saved counts on it', () => {
    const { store, cells, save } = desk()
    store.write([{ ...pyotr, value: '3' }])
    store.write([{ ...pyotr, value: '4' }])
    expect([cells(1)[0]?.version, cells(2)[0]?.version]).toEqual([0, 1])
    save(1)
    expect(shown(store.slot(slotKey(pyotr))).value).toBe('4')
    save(2)
    expect(store.slot(slotKey(pyotr))).toMatchObject({ sent: null, held: { value: '4', version: 2 } })
  })

  test('what is there already is not sent again', () => {
    const { store, sent } = desk()
    store.write([{ ...maria, value: '4' }])
    expect(sent).toEqual([])
  })

  test('a changed mark keeps its comment, a removed one loses it', () => {
    const { store } = desk()
    store.write([{ ...maria, value: '5' }])
    expect(shown(store.slot(slotKey(maria))).comment).toBe('Молодец')
    store.write([{ ...maria, value: null }])
    expect(shown(store.slot(slotKey(maria))).comment).toBeNull()
  })
})

describe('somebody else', () => {
  const theirs: SavedCell = { ...maria, value: '2', comment: null, version: 3 }

  test('changes a cell under the eyes of this screen', () => {
    const { store } = desk()
    store.takeLive([theirs])
    expect(shown(store.slot(slotKey(maria))).value).toBe('2')
  })

  test('does not change what is just being typed', () => {
    const { store } = desk()
    store.write([{ ...maria, value: '5' }])
    store.takeLive([theirs])
    expect(shown(store.slot(slotKey(maria))).value).toBe('5')
  })

  test('was first: both values are kept until the teacher decides for the own one', () => {
    const { store, refuse, cells, state } = desk()
    store.write([{ ...maria, value: '5' }])
    refuse(1, conflict(theirs))
    expect(store.slot(slotKey(maria)).trouble).toMatchObject({
      kind: 'conflict',
      value: '5',
      theirs: { value: '2' },
    })
    store.decide(maria, 'mine')
    expect(cells(2)[0]).toMatchObject({ value: '5', version: 3 })
    expect(state.get().refused).toEqual([])
  })

  test('was first: the other value is accepted', () => {
    const { store, refuse, sent, state } = desk()
    store.write([{ ...maria, value: '5' }])
    refuse(1, conflict(theirs))
    store.decide(maria, 'theirs')
    expect(shown(store.slot(slotKey(maria))).value).toBe('2')
    expect(sent).toHaveLength(1)
    expect(state.get().refused).toEqual([])
  })

  test('gave the same mark: there is nothing to decide', () => {
    const { store, refuse, state } = desk()
    store.write([{ ...pyotr, value: '2' }])
    refuse(1, conflict({ ...pyotr, value: '2', comment: null, version: 1 }))
    expect(store.slot(slotKey(pyotr))).toMatchObject({ trouble: null, held: { value: '2', version: 1 } })
    expect(state.get().refused).toEqual([])
  })

  test('quarrels about one cell of a block: the other cells are sent again by themselves', () => {
    const { store, refuse, cells } = desk()
    store.write([
      { ...maria, value: '5' },
      { ...pyotr, value: '4' },
    ])
    refuse(1, conflict(theirs))
    expect(cells(2)).toEqual([{ ...pyotr, value: '4', version: 0 }])
    expect(store.slot(slotKey(maria)).trouble?.kind).toBe('conflict')
  })

  test('keeps the newer value when one undoes', () => {
    const { store, save, said } = desk()
    store.write([{ ...maria, value: '5' }])
    save(1)
    store.takeLive([{ ...theirs, version: 4 }])
    store.undo()
    expect(shown(store.slot(slotKey(maria))).value).toBe('2')
    expect(said.at(-1)).toContain('изменил другой человек')
  })
})

describe('a refusal', () => {
  const windowClosed: Problem = { refusal: 'window-closed', message: '' }

  test('keeps the value in sight with its reason, until it is given up', () => {
    const { store, refuse, state } = desk()
    store.write([{ ...pyotr, value: '5' }])
    refuse(1, windowClosed)
    expect(store.slot(slotKey(pyotr)).trouble).toMatchObject({
      kind: 'refused',
      value: '5',
      problem: windowClosed,
    })
    store.decide(pyotr, 'theirs')
    expect(shown(store.slot(slotKey(pyotr))).value).toBeNull()
    expect(state.get().refused).toEqual([])
  })

  test('of an earlier value does not spoil the newer one', () => {
    const { store, refuse, cells, save } = desk()
    store.write([{ ...maria, value: '5' }])
    store.write([{ ...maria, value: '3' }])
    refuse(1, windowClosed)
    refuse(2, conflict({ ...maria, value: '4', comment: 'Молодец', version: 2 }))
    expect(cells(3)[0]).toMatchObject({ value: '3', version: 2 })
    save(3)
    expect(store.slot(slotKey(maria))).toMatchObject({ trouble: null, held: { value: '3', version: 3 } })
  })

  test('for the lack of a reason asks once and sends everything that waited', () => {
    const { store, refuse, sent, cells, state } = desk()
    let asked = 0
    store.onReasonWanted(() => (asked += 1))
    const late = (studentId: string) => ({ lessonId: 'friday', studentId, workId: 'friday-answer' })
    store.write([{ ...late('maria'), value: '4' }])
    store.write([{ ...late('pyotr'), value: '5' }])
    refuse(1, { refusal: 'late-reason-needed', message: '' })
    refuse(2, { refusal: 'late-reason-needed', message: '' })
    expect(store.lessonsWithoutReason()).toEqual(['friday'])
    expect(asked).toBe(2)
    store.giveReason('Не было связи')
    expect(sent.slice(2).map(({ body }) => (body as PutCells).lateReason)).toEqual([
      'Не было связи',
      'Не было связи',
    ])
    expect(cells(3)[0]).toMatchObject({ studentId: 'maria', value: '4', version: 0 })
    expect(state.get().refused).toEqual([])
    store.write([{ ...late('anna'), value: '3' }])
    expect(sent.at(-1)?.body).toMatchObject({ lateReason: 'Не было связи' })
  })
})

describe('one refused cell of a block', () => {
  const anna = { lessonId: 'monday', studentId: 'anna', workId: 'monday-answer' }
  const block = [
    { ...maria, value: '5' },
    { ...pyotr, value: '3' },
    { ...anna, value: '2' },
  ]

  test('that the server names waits alone; the others go on, and only it is kept as refused', () => {
    const { store, refuse, cells, save, state } = desk()
    store.write(block)
    refuse(1, { refusal: 'student-not-in-group', message: '', cells: [2] })
    expect(store.slot(slotKey(anna)).trouble).toMatchObject({ kind: 'refused', value: '2' })
    expect(cells(2)).toEqual([
      { ...maria, value: '5', version: 2 },
      { ...pyotr, value: '3', version: 0 },
    ])
    save(2)
    expect(store.slot(slotKey(pyotr))).toMatchObject({ sent: null, trouble: null, held: { value: '3' } })
    expect(state.get().refused.map(({ body }) => body)).toEqual([
      { cells: [{ ...anna, value: '2', version: 0 }] },
    ])
  })

  test('that the server does not name is found; no other is stuck', () => {
    const { store, sent, cells, refuse, save, state } = desk()
    store.write(block)
    for (let n = 1; n <= sent.length; n++) {
      const studentIds = cells(n).map(({ studentId }) => studentId)
      if (studentIds.includes('pyotr')) refuse(n, { refusal: 'bad-shape', message: '' }, 400)
      else save(n)
    }
    expect(store.slot(slotKey(maria))).toMatchObject({ sent: null, trouble: null, held: { value: '5' } })
    expect(store.slot(slotKey(anna))).toMatchObject({ sent: null, trouble: null, held: { value: '2' } })
    expect(store.slot(slotKey(pyotr)).trouble).toMatchObject({ kind: 'refused', value: '3' })
    expect(state.get().refused.flatMap(({ body }) => (body as PutCells).cells)).toMatchObject([
      { studentId: 'pyotr' },
    ])
  })

  test('does not bring back what was typed over the others meanwhile', () => {
    const { store, refuse, sent, cells } = desk()
    store.write(block)
    store.write([{ ...pyotr, value: '4' }])
    refuse(1, { refusal: 'student-not-in-group', message: '', cells: [2] })
    expect(cells(3)).toEqual([{ ...maria, value: '5', version: 2 }])
    expect(sent).toHaveLength(3)
    expect(shown(store.slot(slotKey(pyotr))).value).toBe('4')
  })

  test('several refused ones are sent again together', () => {
    const { store, refuse, cells, state } = desk()
    store.write(block)
    refuse(1, { refusal: 'window-closed', message: '', cells: [0, 1, 2] })
    expect(store.refusedCount()).toBe(3)
    store.repeatRefused()
    expect(cells(2)).toHaveLength(3)
    expect(store.refusedCount()).toBe(0)
    expect(state.get().refused).toEqual([])
  })
})

test('a block wider than one packet goes out in several and is undone at once', () => {
  const { store, sent } = desk()
  const edits = Array.from({ length: 130 }, (_, n) => ({ lessonId: `l${n}`, studentId: 'maria', value: 'н' }))
  store.write(edits)
  expect(sent.map(({ body }) => (body as PutCells).cells.length)).toEqual([120, 10])
  store.undo()
  expect(shown(store.slot(slotKey({ lessonId: 'l129', studentId: 'maria' }))).value).toBeNull()
})

describe('undo', () => {
  test('takes back an intention as a whole and puts it back', () => {
    const { store, save, cells } = desk()
    store.write([
      { ...maria, value: '2' },
      { ...pyotr, value: '3' },
    ])
    save(1)
    expect(store.undo()).toBe(true)
    expect(cells(2)).toMatchObject([
      { studentId: 'maria', value: '4', version: 3 },
      { studentId: 'pyotr', value: null, version: 1 },
    ])
    save(2)
    expect(store.redo()).toBe(true)
    expect(shown(store.slot(slotKey(pyotr))).value).toBe('3')
    expect(store.redo()).toBe(false)
  })

  test('has nothing to take back at first', () => {
    expect(desk().store.undo()).toBe(false)
  })
})

describe('after a reload', () => {
  const kept = (value: string, refused: Operation['refused']): Operation => ({
    operationId: 'kept',
    accountId: 'me',
    method: 'PUT',
    path: '/api/journals/journal/cells',
    body: { cells: [{ ...pyotr, value, version: 0 }] },
    refused,
  })

  test('a value still on its way is shown as such', () => {
    const { store } = desk([kept('5', null)])
    expect(store.slot(slotKey(pyotr))).toMatchObject({ sent: { value: '5', version: 1 } })
  })

  test('a refused value still waits for a decision', () => {
    const { store } = desk([kept('5', { status: 409, problem: { refusal: 'window-closed', message: '' } })])
    expect(store.slot(slotKey(pyotr)).trouble).toMatchObject({ kind: 'refused', value: '5' })
  })

  test("another journal's entries are left alone", () => {
    const { store } = desk([{ ...kept('5', null), path: '/api/journals/other/cells' }])
    expect(store.slot(slotKey(pyotr)).sent).toBeNull()
  })
})

test('a newer page is heard of in a cell that was empty too', () => {
  const { store } = desk()
  const heard: string[] = []
  store.subscribe((key) => heard.push(key))
  const page = journalPage()
  store.take({
    ...page,
    marks: [
      ...page.marks,
      { workId: 'monday-answer', studentId: 'pyotr', value: '4', comment: null, version: 1 },
    ],
  })
  expect(heard).toEqual([slotKey(pyotr)])
  expect(shown(store.slot(slotKey(pyotr))).value).toBe('4')
})
