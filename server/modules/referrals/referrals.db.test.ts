import { expect, test } from 'vitest'
import type { CellHistory } from '#contract/gradebook.ts'
import type { Referred, ReferredEntries, ReferredEntry } from '#contract/referrals.ts'
import { newId } from '#platform/ids.ts'
import { ids, type World, world } from '#test/world.ts'

// Past the window of five days, and written for all the same: by a browser that was offline until now.
const cells = `/api/journals/${ids.physics7}/cells`
const mark = (value: string | null, version = 0) => ({
  lessonId: ids.first,
  workId: ids.first,
  studentId: ids.anna,
  value,
  version,
})
const part = (name: string) => `/api/lessons/${ids.first}/${name}`
const record = { topic: 'Диффузия', planItemId: null, comment: null, version: 0 }

const all = async ({ as }: World) => (await as('deputy').get<ReferredEntries>('/api/referred-entries')).body
const own = async ({ as }: World, who: 'teacher' | 'stranger' = 'teacher') =>
  (await as(who).get<ReferredEntries>('/api/own-referred-entries')).body
const decide = ({ as }: World, { id, version, seen }: ReferredEntry, change = {}) =>
  as('deputy').put(`/api/referred-entries/${id}/decision`, {
    decision: 'apply',
    reason: 'Не было связи',
    version,
    seen,
    ...change,
  })
const count = async ({ database }: World, table: string) =>
  Number((await database.owner.query(`select count(*) from ${table}`)).rows[0].count)
const only = ({ entries }: ReferredEntries): ReferredEntry => {
  expect(entries).toHaveLength(1)
  return entries[0] as ReferredEntry
}

test('a mark for a closed lesson is not made and goes to the deputy with both values', async () => {
  const school = await world()
  const answer = await school.as('teacher').put<Referred>(cells, { cells: [mark('5')] })
  expect(answer.status).toBe(200)
  expect(await count(school, 'mark')).toBe(0)
  const entry = only(await all(school))
  expect(entry).toMatchObject({
    id: answer.body.referred,
    author: 'Саркисов Вадим Рубенович',
    subject: 'Физика',
    lessonId: ids.first,
    state: 'waiting',
    seen: [0],
    lines: [{ what: 'mark', stands: false, present: null, proposed: '5' }],
  })
  expect(entry.lines[0]?.student).toContain('Абрамова')
  expect((await own(school)).waiting).toBe(1)
  expect((await own(school, 'stranger')).entries).toEqual([])
})

test('applied, it stands in the journal; history names its author and who let it in', async () => {
  const school = await world()
  await school.as('teacher').put(cells, { cells: [mark('5')] })
  expect((await decide(school, only(await all(school)))).status).toBe(200)
  const place = `lessonId=${ids.first}&studentId=${ids.anna}&workId=${ids.first}`
  const { versions } = (await school.as('deputy').get<CellHistory>(`${cells}/history?${place}`)).body
  expect(versions).toMatchObject([
    {
      value: '5',
      actor: 'Саркисов Вадим Рубенович',
      approvedBy: 'Осокина Людмила Геннадьевна',
      late: true,
      reason: 'Не было связи',
    },
  ])
  const { rows } = await school.database.owner.query(
    `select actor_id from history where kind = 'referred_entry' order by version`,
  )
  expect(rows.map(({ actor_id }) => actor_id)).toEqual([ids.teacher, ids.deputy])
  expect(only(await own(school)).decision).toMatchObject({ reason: 'Не было связи' })
})

test('a topic, homework and the roll go the same way', async () => {
  const school = await world()
  const teacher = school.as('teacher')
  await teacher.put(part('record'), record)
  await teacher.put(part('homework'), { text: '§ 1', minutes: 20, version: 0 })
  const children = [{ studentId: ids.boris, code: 'н', version: 0 }]
  await teacher.put(part('attendance'), { children })
  const { entries } = await all(school)
  expect(entries.flatMap(({ lines }) => lines.map(({ what, proposed }) => [what, proposed]))).toEqual([
    ['topic', 'Диффузия'],
    ['comment', null],
    ['homework', '§ 1'],
    ['minutes', '20'],
    ['attendance', 'н'],
  ])
  for (const entry of entries)
    expect((await decide(school, { ...entry, seen: entry.seen.slice(0, 1) })).status).toBe(200)
  const { rows } = await school.database.owner.query(
    `select r.topic, h.text, a.code, r.taught_by, r.late from lesson_record r join homework h using (lesson_id)
     join attendance a using (lesson_id)`,
  )
  expect(rows).toEqual([{ topic: 'Диффузия', text: '§ 1', code: 'н', taught_by: ids.teacher, late: true }])
})

test('declined or withdrawn, it changes nothing and is decided for good', async () => {
  const school = await world()
  await school.as('teacher').put(cells, { cells: [mark('5')] })
  await school.as('teacher').put(part('record'), record)
  const [first, second] = (await all(school)).entries as [ReferredEntry, ReferredEntry]
  expect((await decide(school, first, { decision: 'decline', reason: 'Оценка не обсуждалась' })).status).toBe(
    200,
  )
  const withdrawal = `/api/own-referred-entries/${second.id}/withdrawal`
  expect((await school.as('stranger').put(withdrawal, { version: 1 })).status).toBe(404)
  expect((await school.as('teacher').put(withdrawal, { version: 1 })).status).toBe(200)
  for (const entry of [first, second])
    expect((await decide(school, { ...entry, version: 2 })).body.refusal).toBe('entry-decided')
  expect([await count(school, 'mark'), await count(school, 'lesson_record')]).toEqual([0, 0])
  expect((await own(school)).entries.map(({ state }) => state).sort()).toEqual(['declined', 'withdrawn'])
})

test('of several decisions at once one counts, and the mark is written once', async () => {
  const school = await world()
  await school.as('teacher').put(cells, { cells: [mark('5')] })
  const entry = only(await all(school))
  const answers = await Promise.all([1, 2, 3, 4].map(() => decide(school, entry)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  const { rows } = await school.database.owner.query('select version from mark')
  expect(rows).toEqual([{ version: 1 }])
})

test('the same operation sent again is one entry with the same answer', async () => {
  const school = await world()
  const operationId = newId()
  const send = () => school.as('teacher').put(cells, { cells: [mark('5')] }, { operationId })
  const answers = await Promise.all([send(), send(), send()])
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(await count(school, 'referred_entry')).toBe(1)
})

test('what has changed since it was seen is not written over', async () => {
  const school = await world()
  const teacher = school.as('teacher')
  await teacher.put(cells, { cells: [mark('5')] })
  const seen = only(await all(school))
  await school.as('deputy').post('/api/entry-windows', {
    journalId: ids.physics7,
    from: '2026-11-02',
    to: '2026-11-12',
    openUntil: '2026-11-12',
    reason: 'Дозаполнить',
  })
  expect((await teacher.put(cells, { cells: [mark('3')], lateReason: 'Дозаполняю' })).status).toBe(200)
  expect((await decide(school, seen)).body.refusal).toBe('version-conflict')
  const now = only(await all(school))
  expect(now).toMatchObject({ state: 'waiting', seen: [1], lines: [{ present: '3', proposed: '5' }] })
  expect((await decide(school, now)).status).toBe(200)
  expect((await school.database.owner.query('select value, version from mark')).rows).toEqual([
    { value: '5', version: 2 },
  ])
})

test('a role that may not open windows sees the list and decides nothing', async () => {
  const school = await world()
  await school.as('teacher').put(cells, { cells: [mark('5')] })
  const { id } = only(await all(school))
  const body = { decision: 'apply', reason: 'Не было связи', version: 1, seen: [0] }
  const answer = await school.as('director').put(`/api/referred-entries/${id}/decision`, body)
  expect([answer.status, answer.body.refusal]).toEqual([409, 'may-not-open-window'])
  const list = await school.as('director').get<ReferredEntries>('/api/referred-entries')
  expect([list.body.mayDecide, list.body.waiting]).toEqual([false, 1])
})

test('an entry whose author no longer teaches the lesson is not written', async () => {
  const school = await world()
  await school.as('teacher').put(cells, { cells: [mark('5')] })
  await school.database.owner.query(
    `update teaching_assignment set teacher_id = $1, version = version + 1
     where id = $2 and set_config('app.reason', 'test', false) is not null`,
    [ids.stranger, ids.physics7],
  )
  const entry = only(await all(school))
  expect((await decide(school, entry)).body.refusal).toBe('entry-fits-no-more')
  expect(only(await all(school)).state).toBe('waiting')
})

test('an author with two hundred entries waiting is refused as before', async () => {
  const school = await world()
  await school.database.owner.query(
    `insert into referred_entry (organization_id, id, author_id, journal_id, lesson_id, kind, body, operation_id, referred_at)
     select $1, gen_random_uuid(), $2, $3, $4, 'cells', '{"cells": []}', gen_random_uuid(), now()
     from generate_series(1, 200) where set_config('app.reason', 'test', false) is not null`,
    [ids.school, ids.teacher, ids.physics7, ids.first],
  )
  const answer = await school.as('teacher').put(cells, { cells: [mark('5')] })
  expect([answer.status, answer.body.refusal]).toEqual([409, 'window-closed'])
})
