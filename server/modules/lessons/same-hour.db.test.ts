import { expect, test } from 'vitest'
import type { ControlList } from '#contract/control.ts'
import type { LessonPage, SubstitutionView } from '#contract/lessons.ts'
import type { Problem } from '#contract/problem.ts'
import type { StaffChoices } from '#contract/substitutions.ts'
import { newId } from '#platform/ids.ts'
import { ids, insert, TODAY, world } from '#test/world.ts'

const at = (lessonId: string, part = 'substitution') => `/api/lessons/${lessonId}/${part}`
const named = (substituteId: string | null, version = 0, more: object = {}) => ({
  substituteId,
  reason: null,
  version,
  ...more,
})
const together = { merged: true, reason: 'Один кабинет, параллельные классы' }

/** The small school with lessons that overlap the 7А's physics of today by the clock, not by their numbers. */
async function crowded() {
  const school = await world()
  const [physics8, chess] = [newId(), newId()]
  const lesson = (id: string, journal_id: string, starts_at: string, ends_at: string) => ({
    id,
    journal_id,
    held_on: TODAY,
    period: null,
    starts_at,
    ends_at,
    room: '1',
    version: 1,
  })
  // Physics of 7А is at 10:00–10:40.
  await insert(school.database, 'lesson', [
    lesson(physics8, ids.physics8, '10:30', '11:10'),
    lesson(chess, ids.chessJournal, '09:30', '10:05'),
  ])
  const substitutions = async () =>
    (
      await school.database.owner.query(
        'select substitute_id, merged, reason from substitution where lesson_id <> $1 order by id',
        [ids.substituted],
      )
    ).rows
  return { ...school, physics8, chess, substitutions }
}

test('a substitute with a lesson at that hour is refused with what it is, and nothing is written', async () => {
  const { as, substitutions } = await crowded()
  const answer = await as('deputy').put<Problem>(at(ids.today), named(ids.stranger))
  expect([answer.status, answer.body.refusal]).toEqual([409, 'substitute-busy'])
  expect(answer.body.sameHour).toEqual([{ startsAt: '10:30', subject: 'Физика', group: '8А' }])
  // A club's hour is an hour too; the lesson's own teacher may not get round it either.
  const club = await as('teacher').put<Problem>(at(ids.today), named(ids.clubTeacher))
  expect([club.status, club.body.refusal, club.body.sameHour?.length]).toEqual([409, 'substitute-busy', 1])
  expect(await substitutions()).toEqual([])
})

test('lessons are taught together knowingly: with a reason, seen in the lesson and by control', async () => {
  const { as, clock, substitutions } = await crowded()
  const bare = await as('deputy').put(at(ids.today), named(ids.stranger, 0, { merged: true }))
  expect(bare.status).toBe(400)
  const answer = await as('deputy').put<SubstitutionView>(at(ids.today), named(ids.stranger, 0, together))
  expect(answer.body).toMatchObject({ substituteId: ids.stranger, merged: true, version: 1 })
  expect(await substitutions()).toEqual([{ substitute_id: ids.stranger, ...together }])
  const lesson = await as('teacher').get<LessonPage>(`/api/lessons/${ids.today}`)
  expect(lesson.body.substitution).toMatchObject(together)
  clock.now = new Date('2026-11-12T15:00:00Z')
  const control = await as('deputy').get<ControlList>(
    `/api/control?from=${TODAY}&to=${TODAY}&show=substituted`,
  )
  expect(control.body.rows).toMatchObject([
    { lessonId: ids.today, merged: true, substitutionReason: together.reason },
  ])
})

test('nobody free is written down as teaching two lessons together', async () => {
  const { as } = await crowded()
  const answer = await as('deputy').put<SubstitutionView>(at(ids.today), named(ids.substitute, 0, together))
  expect(answer.body).toMatchObject({ merged: false })
})

test('two substitutions of one person at one hour are one too many', async () => {
  const { as, physics8 } = await crowded()
  expect((await as('deputy').put(at(ids.today), named(ids.substitute))).status).toBe(200)
  const second = await as('officer').put<Problem>(at(physics8), named(ids.substitute))
  expect([second.status, second.body.sameHour]).toEqual([
    409,
    [{ startsAt: '10:00', subject: 'Физика', group: '7А' }],
  ])
})

test('a teacher whose own lesson somebody else takes over is free at that hour', async () => {
  const { as, physics8 } = await crowded()
  await as('deputy').put(at(physics8), named(ids.substitute))
  expect((await as('deputy').put(at(ids.today), named(ids.stranger))).status).toBe(200)
  // And may not be given back the own lesson while standing in for another.
  const back = await as('deputy').put<Problem>(at(physics8), named(null, 1))
  expect([back.status, back.body.refusal]).toEqual([409, 'teacher-substitutes-elsewhere'])
  expect((await as('deputy').put(at(ids.today), named(null, 1))).status).toBe(200)
  expect((await as('deputy').put(at(physics8), named(null, 1))).status).toBe(200)
})

test('«I taught it» at the hour of one’s own lesson says why both were taught together', async () => {
  const { as, substitutions } = await crowded()
  const claim = (body?: object) =>
    as('stranger').post<Problem & SubstitutionView>(at(ids.today, 'substitution-claim'), body)
  const bare = await claim()
  expect([bare.status, bare.body.refusal, bare.body.sameHour?.[0]?.group]).toEqual([
    409,
    'substitute-busy',
    '8А',
  ])
  expect((await claim({ mergedBecause: 'Один кабинет' })).body).toMatchObject({
    merged: true,
    reason: 'Один кабинет',
  })
  expect(await substitutions()).toEqual([
    { substitute_id: ids.stranger, merged: true, reason: 'Один кабинет' },
  ])
})

test('of two who name one person for one hour at the same moment, or of a claim beside them, one is told', async () => {
  for (let n = 0; n < 5; n++) {
    const { as, physics8, substitutions } = await crowded()
    const claimed = n % 2 ? ids.today : physics8
    const answers = await Promise.all([
      as('deputy').put<Problem>(at(ids.today), named(ids.substitute)),
      as('officer').put<Problem>(at(physics8), named(ids.substitute)),
      as('substitute').post<Problem>(at(claimed, 'substitution-claim'), undefined),
    ])
    // A claim that comes after one has been named for that very lesson changes nothing and is no refusal.
    const asked = [ids.today, physics8, claimed]
    expect(new Set(asked.filter((_, i) => answers[i]?.status === 200)).size).toBe(1)
    expect(await substitutions()).toHaveLength(1)
  }
})

test('the database itself puts nobody before two classes at one hour unsaid', async () => {
  const { database, chess } = await crowded()
  const { rows } = await database.owner.query('select organization_id from lesson where id = $1', [ids.today])
  const put = (lessonId: string, personId: string) =>
    database.owner.query(
      `insert into substitution (organization_id, id, lesson_id, substitute_id, reason)
       select $1, $2, $3, $4, 'болезнь' where set_config('app.reason', 'замена', false) is not null`,
      [rows[0].organization_id, newId(), lessonId, personId],
    )
  await expect(put(ids.today, ids.stranger)).rejects.toMatchObject({ code: '23P01' })
  await put(ids.today, ids.substitute)
  await expect(put(chess, ids.substitute)).rejects.toMatchObject({ code: '23P01' })
})

test('the free and those of the subject come first, the busy with what they teach', async () => {
  const { as } = await crowded()
  const { staff } = (await as('deputy').get<StaffChoices>(`/api/staff?lessonId=${ids.today}`)).body
  expect(staff.map(({ id }) => id)).not.toContain(ids.teacher)
  const busy = staff.map(({ busyWith }) => busyWith.length > 0)
  expect(busy).toEqual([...busy].sort((one, other) => Number(one) - Number(other)))
  expect(staff.find(({ id }) => id === ids.stranger)).toMatchObject({
    sameSubject: true,
    busyWith: [{ startsAt: '10:30', subject: 'Физика', group: '8А' }],
  })
  expect(staff.find(({ id }) => id === ids.substitute)).toMatchObject({ sameSubject: false, busyWith: [] })
})

test('whose role has ended by the day of the lesson is no substitute for it', async () => {
  const { as, database } = await world()
  await database.owner.query(
    `update role_assignment set ends_on = '2026-11-13', version = version + 1 where person_id = $1
       and set_config('app.reason', 'увольнение', false) is not null`,
    [ids.stranger],
  )
  expect((await as('deputy').put(at(ids.ahead), named(ids.stranger))).status).toBe(404)
  const { staff } = (await as('deputy').get<StaffChoices>(`/api/staff?lessonId=${ids.ahead}`)).body
  expect(staff.map(({ id }) => id)).not.toContain(ids.stranger)
})
