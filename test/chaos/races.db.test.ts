import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { ids, type World, world } from '../world.ts'
import { historyFaults } from './audit.ts'

const path = `/api/journals/${ids.physics7}/cells`
const lateReason = 'Замена учителя'
const MARKS = ['2', '3', '4', '5'] as const

/** A cell of the lesson that both the journal's teacher and the substitute may write. */
const cell = (value: string | null, version: number, studentId: string = ids.anna) => ({
  lessonId: ids.substituted,
  workId: ids.substituted,
  studentId,
  value,
  version,
})

/** As a browser asks: whoever is told that the server is busy comes again with the same operation. */
async function patiently<T extends { status: number }>(ask: () => Promise<T>): Promise<T> {
  let answer = await ask()
  while (answer.status === 503) {
    await sleep(20)
    answer = await ask()
  }
  return answer
}

test('of two hundred operations sent twenty times at once each has one effect and one answer', async () => {
  const { as, database } = await world()
  const students = [ids.anna, ids.boris]
  const written = new Map(students.map((id) => [id, 0]))
  for (let n = 0; n < 200; n++) {
    const studentId = students[n % 2] ?? ids.anna
    const version = written.get(studentId) ?? 0
    const operationId = newId()
    const body = { cells: [cell(MARKS[(n >> 1) % 4] ?? '5', version, studentId)], lateReason }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => patiently(() => as('teacher').put(path, body, { operationId }))),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 200, body: { cells: [{ version: version + 1 }] } })
    written.set(studentId, version + 1)
  }
  const { rows } = await database.owner.query(`select
    (select count(*) from history where kind = 'mark') as effects,
    (select count(distinct operation_id) from history where kind = 'mark') as operations,
    (select count(*) from audit_event where action = 'cells.put') as noted, (select count(*) from operation) as stored`)
  expect(rows).toEqual([{ effects: 200, operations: 200, noted: 200, stored: 200 }])
  expect(await historyFaults(database)).toEqual([])
}, 120_000)

// A writer of a round: which of the two teachers, and what of.
const writer = fc.record({ who: fc.constantFrom('teacher', 'substitute'), mark: fc.constantFrom(...MARKS) })
const round = fc.array(writer, { minLength: 2, maxLength: 8 })

test('of two to eight writers of one cell one is saved, and the others see what stands', async () => {
  const { as, database } = await world()
  let standing: { value: string | null; version: number } = { value: null, version: 0 }
  let rounds = 0
  await fc.assert(
    fc.asyncProperty(round, async (writers) => {
      // A value equal to the standing one changes nothing, and then there would be no race to win.
      const wanted = writers.map(({ who, mark }) => ({ who, mark: mark === standing.value ? null : mark }))
      const answers = await Promise.all(
        wanted.map(({ who, mark }) =>
          patiently(() => as(who).put(path, { cells: [cell(mark, standing.version)], lateReason })),
        ),
      )
      const won = answers.flatMap(({ status }, n) => (status === 200 ? [n] : []))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...wanted.slice(1).map(() => 409)])
      standing = { value: wanted[won[0] ?? 0]?.mark ?? null, version: standing.version + 1 }
      for (const { body } of answers.filter(({ status }) => status === 409))
        expect(body).toMatchObject({ refusal: 'version-conflict', current: [standing] })
      rounds++
    }),
    { numRuns: 200, endOnFailure: true },
  )
  expect(await stateOf({ database })).toEqual({ ...standing, versions: rounds })
  expect(await historyFaults(database)).toEqual([])
}, 120_000)

async function stateOf({ database }: Pick<World, 'database'>) {
  const { rows } = await database.owner.query(
    `select value, version, (select count(*) from history where kind = 'mark') as versions from mark`,
  )
  return rows[0]
}
