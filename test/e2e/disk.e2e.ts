import type { DiskState } from '#contract/disk.ts'
import { expect, test } from './school.ts'

const FULL: DiskState = { warning: { percent: 83, freeMegabytes: 4_120 } }

test('who can make room reads above the page that the disk fills up, and nobody else asks', async ({
  as,
}) => {
  for (const [who, todo] of [
    ['director', 'Попросите системного администратора'],
    ['admin', 'Освободите диск или перенесите папку данных'],
  ] as const) {
    const page = await as(who)
    await page.route('**/api/disk', (route) => route.fulfill({ json: FULL }))
    await page.goto('/')
    const line = page.getByRole('status').filter({ hasText: 'Место на диске' })
    await expect(line).toContainText('занято 83 %, осталось 4120 МБ')
    await expect(line).toContainText(todo)
  }
  const page = await as('teacher')
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/disk')) asked += 1
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(asked).toBe(0)
})
