import { expect, test } from 'vitest'
import type { LessonPage } from '#contract/lessons.ts'
import type { Answer } from '#web/api.ts'
import { newId } from '#web/identifiers.ts'
import { Outbox } from '#web/outbox-queue.ts'
import { memoryStorage, type Operation } from '#web/outbox-storage.ts'
import { isSaid, shown, stateOf } from './entry.ts'
import { LessonStore } from './lesson-store.ts'

const page = {
  lesson: { id: 'lesson', journalId: 'journal' },
  lateReason: null,
  record: { topic: null, planItemId: null, comment: null, version: 0 },
  homework: { text: null, minutes: null, version: 0 },
  marks: [],
  attendance: [{ studentId: 'anna', lessonId: 'lesson', code: null, version: 1 }],
} as unknown as LessonPage

const ok = (body: unknown): Answer => ({ status: 200, body, retryAfter: null })
const no = (body: unknown): Answer => ({ status: 409, body, retryAfter: null })
const silent = { announce: () => undefined, mention: () => undefined }
const silence: Answer = { status: 0, body: null, retryAfter: null }

/** A lesson over an outbox whose server answers as told, in order; silence when it is not told. */
async function open(answers: ((operation: Operation) => Answer)[] = []) {
  const sent: Operation[] = []
  const outbox = new Outbox({
    storage: Promise.resolve(memoryStorage()),
    send: async (operation) => {
      sent.push(operation)
      return answers.shift()?.(operation) ?? silence
    },
    newId,
    now: () => new Date('2026-11-12T09:00:00Z'),
    alone: (work) => work(),
    later: () => undefined,
    signedIn: () => Promise.resolve(),
    tell: () => undefined,
    acknowledged: () => undefined,
    restored: () => undefined,
  })
  await outbox.start('account')
  const store = new LessonStore(page, outbox, silent)
  outbox.onOutcome((outcome) => store.settle(outcome))
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20))
  return { store, outbox, sent, settled }
}

const recordOf = (operation: Operation) =>
  operation.body as { topic: string; version: number; lateReason?: string }
const savedRecord = (operation: Operation) => {
  const { topic, version } = recordOf(operation)
  return ok({ topic, planItemId: null, comment: null, version: version + 1 })
}

test('a topic is on its way, then saved', async () => {
  const { store, settled } = await open([savedRecord])
  store.putRecord({ topic: 'Сила' })
  expect([shown(store.record()).topic, stateOf(store.record())]).toEqual(['Сила', 'pending'])
  await settled()
  expect([shown(store.record()).topic, stateOf(store.record())]).toEqual(['Сила', 'saved'])
})

test('values typed one after another each follow the version of the one before', async () => {
  const { store, sent, settled } = await open([savedRecord, savedRecord])
  store.putRecord({ topic: 'С' })
  store.putRecord({ topic: 'Сила' })
  await settled()
  expect(sent.map((operation) => recordOf(operation).version)).toEqual([0, 1])
  expect(store.record().version).toBe(2)
})

test('a late lesson keeps what was typed until the reason is given, then sends it all', async () => {
  const late = () => no({ refusal: 'late-reason-needed', message: '' })
  const { store, sent, outbox, settled } = await open([late, savedRecord])
  let asked = 0
  store.onReasonWanted(() => {
    asked += 1
  })
  store.putRecord({ topic: 'Сила' })
  await settled()
  expect([asked, store.waitsForReason(), shown(store.record()).topic]).toEqual([1, true, 'Сила'])
  store.giveReason('Не было связи')
  await settled()
  expect(sent[1] && recordOf(sent[1]).lateReason).toBe('Не было связи')
  expect([stateOf(store.record()), outbox.state.get().refused]).toEqual(['saved', []])
})

test('another’s value waits beside one’s own until somebody decides', async () => {
  const theirs = { topic: 'Работа', planItemId: null, comment: null, version: 1 }
  const conflict = () => no({ refusal: 'version-conflict', message: '', currentRecord: theirs })
  const { store, sent, settled } = await open([conflict, savedRecord])
  store.putRecord({ topic: 'Сила' })
  await settled()
  expect([stateOf(store.record()), shown(store.record()).topic]).toEqual(['conflict', 'Сила'])
  store.decide('record', 'mine')
  await settled()
  expect(sent[1] && recordOf(sent[1])).toMatchObject({ topic: 'Сила', version: 1 })
  expect(stateOf(store.record())).toBe('saved')
})

test('a roll sends only those of whom nothing was said or who changed', async () => {
  const { store, sent, settled } = await open()
  store.putRoll([
    { studentId: 'anna', code: null },
    { studentId: 'boris', code: null },
  ])
  await settled()
  expect(sent[0]?.body).toEqual({ children: [{ studentId: 'boris', code: null, version: 0 }] })
  expect(isSaid(store.roll('boris'))).toBe(true)
})

test('a child of a roll with whom nobody quarrelled is sent again', async () => {
  const current = [{ lessonId: 'lesson', studentId: 'boris', value: 'н', version: 1 }]
  const conflict = () => no({ refusal: 'version-conflict', message: '', current })
  const { store, sent, settled } = await open([conflict])
  store.putRoll([
    { studentId: 'boris', code: null },
    { studentId: 'vera', code: null },
  ])
  await settled()
  expect(stateOf(store.roll('boris'))).toBe('conflict')
  expect(sent[1]?.body).toEqual({ children: [{ studentId: 'vera', code: null, version: 0 }] })
})

test('what waits in the outbox shows again on a screen opened anew', async () => {
  const { store, outbox } = await open()
  store.putMark('work', 'anna', '5')
  store.putHomework({ text: '§ 3', minutes: 20 })
  const again = new LessonStore(page, outbox, silent)
  expect(shown(again.mark('work', 'anna')).value).toBe('5')
  expect(shown(again.homework())).toEqual({ text: '§ 3', minutes: 20 })
})

test('a live change of another screen is taken, but not over one’s own', async () => {
  const { store } = await open()
  const cell = (value: string, version: number) => [{ lessonId: 'lesson', studentId: 'anna', value, version }]
  store.takeLive(cell('б', 2))
  expect(shown(store.roll('anna')).code).toBe('б')
  store.putRoll([{ studentId: 'anna', code: 'н' }])
  store.takeLive(cell('о', 3))
  expect(shown(store.roll('anna')).code).toBe('н')
})

test('what another saves while a text is typed is a quarrel, not overwritten unseen', async () => {
  const theirs = { topic: 'Чужая', planItemId: null, comment: null, version: 1 }
  const conflict = no({ refusal: 'version-conflict', message: '', currentRecord: theirs })
  const { store, sent, settled } = await open([() => conflict])
  store.beginDraft('record')
  // Their record arrives with a fresh page while the text is not yet handed over.
  store.take({ ...page, record: theirs } as unknown as LessonPage)
  store.putRecord({ topic: 'Моя' })
  store.endDraft('record')
  await settled()
  expect(sent.map((operation) => recordOf(operation).version)).toEqual([0])
  expect([stateOf(store.record()), shown(store.record()).topic]).toEqual(['conflict', 'Моя'])
})

test('one draft handed over twice follows its own versions', async () => {
  const { store, sent, settled } = await open([savedRecord, savedRecord])
  store.beginDraft('record')
  store.putRecord({ topic: 'Сила' })
  await settled()
  store.putRecord({ topic: 'Сила тяжести' })
  await settled()
  expect(sent.map((operation) => recordOf(operation).version)).toEqual([0, 1])
  expect([stateOf(store.record()), shown(store.record()).topic]).toEqual(['saved', 'Сила тяжести'])
})
