import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type OwnDatabase } from '#test/database.ts'
import { importable } from '../importable.ts'
import { readFolder } from '../read-folder.ts'
import { writeIntake } from './write-intake.ts'

const FOLDER = join(import.meta.dirname, '../../../../demo/first-intake')
const now = new Date('2026-11-02T05:00:00Z')
const reading = await readFolder(FOLDER)
const { data } = importable(reading, { faultIds: [], allQuestions: false })

let database: OwnDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.close())

test('x', async () => {
  console.time('w')
  const s = await writeIntake(database, data, { now })
  console.timeEnd('w')
  console.table(s.kinds)
  console.time('w2')
  const s2 = await writeIntake(database, data, { now: new Date('2026-11-20T05:00:00Z') })
  console.timeEnd('w2')
  console.table(s2.kinds.filter((k) => k.created || k.changed))
  expect(s2.gone).toEqual([])
})
