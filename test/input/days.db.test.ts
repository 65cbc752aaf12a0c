import { expect, test } from 'vitest'
import { world } from '../world.ts'

test('days no school has are refused by name, not failed on', async () => {
  const { as } = await world()
  for (const day of ['2026-11-31', '0000-01-01', '0001-01-01', '1899-12-31', '9999-12-31'])
    expect(await as('teacher').get(`/api/days/${day}`), day).toMatchObject({
      status: 400,
      body: { refusal: 'bad-shape', faults: [{ path: 'day' }] },
    })
  for (const day of ['1901-01-01', '2026-11-12', '2028-02-29'])
    expect((await as('teacher').get(`/api/days/${day}`)).status, day).toBe(200)
})
