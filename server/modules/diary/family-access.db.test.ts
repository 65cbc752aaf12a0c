import { expect, test } from 'vitest'
import { ids, world } from '#test/world.ts'

const diary = `/api/students/${ids.anna}/diary?from=2026-12-14`

test('a family reads the diary until the set days after the stay have passed', async () => {
  const { as, clock, database } = await world()
  await database.owner.query('update organization set family_access_days = 30 where id = $1', [ids.school])
  await database.owner.query(`update session set expires_at = '2028-01-01'`)
  clock.now = new Date('2027-01-18T09:00:00Z')
  expect((await as('motherOfAnna').get(diary)).status).toBe(200)
  expect((await as('anna').get(diary)).status).toBe(200)

  clock.now = new Date('2027-01-19T09:00:00Z')
  expect((await as('motherOfAnna').get(diary)).status).toBe(404)
  expect((await as('anna').get(diary)).status).toBe(404)
  expect((await as('deputy').get(diary)).status).toBe(200)
})
