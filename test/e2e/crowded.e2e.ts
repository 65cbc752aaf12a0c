import { Refused } from '#platform/errors.ts'
import { answerFor } from '#platform/problems.ts'
import { ids } from '../small-school.ts'
import { expect, test } from './school.ts'

// One more than a page tries where nobody has told it to come again.
const REFUSALS = 4

test('a page that a crowded server has refused says so and opens by itself', async ({ as }) => {
  const page = await as('teacher')
  const { status, body } = answerFor(new Refused('busy'))
  let refused = 0
  await page.route(`**/api/journals/${ids.physics7}`, (route) =>
    refused++ < REFUSALS ? route.fulfill({ status, json: body }) : route.continue(),
  )
  await page.goto(`/journals/${ids.physics7}`)
  const line = page.getByRole('status').filter({ hasText: 'очень много обращений' })
  await expect(line).toBeVisible()
  await expect(page.getByRole('grid')).toBeVisible({ timeout: 20_000 })
  await expect(line).toBeHidden()
  expect(refused).toBeGreaterThan(REFUSALS)
})
