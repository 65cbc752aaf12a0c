import { expect, test } from 'vitest'
import type { Referred, ReferredEntries, ReferredEntry } from '#contract/referrals.ts'
import { changeBehind, waitsForALock } from '#test/locks.ts'
import { ids, type World, world } from '#test/world.ts'

const path = `/api/journals/${ids.physics7}/cells`
const mark = (value: string | null, version = 0, lessonId: string = ids.today) => ({
  lessonId,
  workId: lessonId,
  studentId: ids.anna,
  value,
  version,
})
const attendance = (value: string | null, version = 0) => ({
  lessonId: ids.today,
  studentId: ids.anna,
  value,
  version,
})
const TODAY_NOON = new Date('2026-11-12T09:00:00Z')
const NEXT_NOON = new Date('2026-11-13T09:00:00Z')
const lateReason = 'Ошибка при вводе'

const rowsOf = async ({ database }: World, text: string) => (await database.owner.query(text)).rows
const ENTRIES = `
select kind, entered_on, entered_at, corrected_at, late, version from (
  select 'mark' as kind, entered_on, entered_at, corrected_at, late, version from mark
  union all select 'attendance', entered_on, entered_at, corrected_at, late, version from attendance) r
order by kind desc`

const both = { before: [mark('4'), attendance('н')], after: [mark('5', 1), attendance('б', 1)] }
test.each([
  ['one mark', { before: [mark('4')], after: [mark('5', 1)] }, ['mark']],
  ['one absence', { before: [attendance('н')], after: [attendance('б', 1)] }, ['attendance']],
  ['a block', both, ['mark', 'attendance']],
])('the correction of %s keeps when it was first entered', async (_, { before, after }, kinds) => {
  const school = await world()
  const teacher = school.as('teacher')
  await teacher.put(path, { cells: before })
  school.clock.now = NEXT_NOON
  expect((await teacher.put(path, { cells: after })).body.refusal).toBe('late-reason-needed')
  expect((await teacher.put(path, { cells: after, lateReason })).status).toBe(200)
  const entry = { entered_on: '2026-11-12', entered_at: TODAY_NOON, corrected_at: NEXT_NOON, late: false }
  expect(await rowsOf(school, ENTRIES)).toEqual(kinds.map((kind) => ({ kind, ...entry, version: 2 })))
  const kept = await rowsOf(
    school,
    `select version, (after->>'corrected_at')::timestamptz as corrected from history
     where kind in ('mark', 'attendance') order by kind, version`,
  )
  expect(kept).toEqual(
    kinds.flatMap(() => [
      { version: 1, corrected: null },
      { version: 2, corrected: NEXT_NOON },
    ]),
  )
  expect(await rowsOf(school, 'select kind, reason from late_entry')).toEqual([
    { kind: 'correction', reason: lateReason },
  ])
})

test('a late mark and a correction of the same lesson keep a reason each', async () => {
  const school = await world()
  await school.as('teacher').put(path, { cells: [attendance('н')] })
  school.clock.now = NEXT_NOON
  await school.as('teacher').put(path, { cells: [mark('4')], lateReason: 'Проверка тетрадей' })
  expect((await school.as('teacher').put(path, { cells: [attendance('б', 1)] })).status).toBe(409)
  await school.as('teacher').put(path, { cells: [attendance('б', 1)], lateReason })
  expect(await rowsOf(school, 'select kind, reason from late_entry order by kind')).toEqual([
    { kind: 'correction', reason: lateReason },
    { kind: 'late', reason: 'Проверка тетрадей' },
  ])
})

test('a block with a mark for a closed lesson waits whole, and none of it is saved', async () => {
  const school = await world()
  const cells = [mark('4'), attendance('н'), mark('5', 0, ids.first)]
  const answer = await school.as('teacher').put<Referred>(path, { cells })
  expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['referred']])
  expect(
    await rowsOf(
      school,
      `select (select count(*)::int from mark) as marks, (select count(*)::int from attendance) as attended,
        (select count(*)::int from late_entry) as reasons,
        (select array_agg(distinct action) from audit_event where operation_id is not null) as noted`,
    ),
  ).toEqual([{ marks: 0, attended: 0, reasons: 0, noted: ['referred-entry.refer'] }])
})

const waiting = async ({ as }: World): Promise<ReferredEntry> =>
  (await as('deputy').get<ReferredEntries>('/api/referred-entries')).body.entries[0] as ReferredEntry
const apply = ({ as }: World, { id, version, seen }: ReferredEntry) =>
  as('deputy').put(`/api/referred-entries/${id}/decision`, {
    decision: 'apply',
    reason: 'Не было связи',
    version,
    seen,
  })

/** A late mark of a lesson whose window was open until today; tomorrow its correction goes to the deputy. */
async function referredCorrection(): Promise<World> {
  const school = await world()
  await school.as('deputy').post('/api/entry-windows', {
    journalId: ids.physics7,
    from: '2026-11-02',
    to: '2026-11-12',
    openUntil: '2026-11-12',
    reason: 'Дозаполнить',
  })
  const first = { cells: [mark('3', 0, ids.first)], lateReason: 'Дозаполняю' }
  expect((await school.as('teacher').put(path, first)).status).toBe(200)
  school.clock.now = NEXT_NOON
  const sent = await school.as('teacher').put<Referred>(path, { cells: [mark('5', 1, ids.first)] })
  expect(Object.keys(sent.body)).toEqual(['referred'])
  return school
}

const HISTORY = `select h.version, h.actor_id, h.after->>'value' as value from history h where kind = 'mark' order by version`

test('a correction let in after the window is its author’s and keeps when the mark was first entered', async () => {
  const school = await referredCorrection()
  expect((await apply(school, await waiting(school))).status).toBe(200)
  expect(await rowsOf(school, ENTRIES)).toEqual([
    {
      kind: 'mark',
      entered_on: '2026-11-12',
      entered_at: TODAY_NOON,
      corrected_at: NEXT_NOON,
      late: true,
      version: 2,
    },
  ])
  expect(await rowsOf(school, HISTORY)).toEqual([
    { version: 1, actor_id: ids.teacher, value: '3' },
    { version: 2, actor_id: ids.teacher, value: '5' },
  ])
  expect(
    await rowsOf(school, `select actor_id from audit_event where action = 'cells.put' order by at`),
  ).toEqual([{ actor_id: ids.teacher }, { actor_id: ids.teacher }])
})

test('an entry let in while somebody who takes no locks changes its mark is a conflict and waits on', async () => {
  const school = await referredCorrection()
  const commitOther = await changeBehind(school.database, 'mark')
  const answer = apply(school, await waiting(school))
  await waitsForALock(school.database, 'transactionid')
  await commitOther()
  expect([(await answer).status, (await answer).body]).toMatchObject([
    409,
    { refusal: 'version-conflict', current: [{ value: '3', version: 1 }] },
  ])
  expect(await waiting(school)).toMatchObject({ state: 'waiting', version: 1, seen: [2] })
  const kept = await rowsOf(school, HISTORY)
  expect(kept.map(({ version, value }) => [version, value])).toEqual([
    [1, '3'],
    [2, '3'],
  ])
})
