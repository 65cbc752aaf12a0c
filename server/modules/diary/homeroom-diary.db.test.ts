import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { ids, insert, world } from '#test/world.ts'

const diary = (child: string) => `/api/students/${child}/diary`

test('a child that has moved to another class is no longer read by the former homeroom teacher', async () => {
  const { as, database } = await world()
  expect((await as('homeroom').get(diary(ids.anna))).status).toBe(200)
  await database.owner.query(`begin; select set_config('app.reason', 'test', true);
    update group_member set ends_on = '2026-11-10', version = version + 1
    where student_id = '${ids.anna}' and group_kind = 'class'; commit`)
  expect((await as('homeroom').get(diary(ids.anna))).status).toBe(200)
  const moved = { group_id: ids.class8, group_kind: 'class', starts_on: '2026-11-11', version: 1 }
  await insert(database, 'group_member', [{ id: newId(), student_id: ids.anna, ...moved }])
  expect((await as('homeroom').get(diary(ids.anna))).status).toBe(404)
})
