import { expect, test } from 'vitest'
import { ids, world } from '#test/world.ts'

const path = `/api/lessons/${ids.today}/record`
const record = { topic: 'Диффузия', planItemId: null, comment: null, version: 0 }

test('what one account has typed is not saved as another that has signed in meanwhile', async () => {
  const { as } = await world()
  const typedBy = (account: string) => ({ headers: { 'x-account': account } })
  const other = await as('teacher').put(path, record, typedBy(ids.substitute))
  expect([other.status, other.body.refusal]).toEqual([401, 'signed-out'])
  expect((await as('teacher').put(path, record, typedBy(ids.teacher))).status).toBe(200)
})
