import { ids } from '../small-school.ts'
import { expect, test } from './school.ts'

test('a lesson of a substitute says so at its head, and asks its own teacher before anything is entered', async ({
  as,
}) => {
  const page = await as('teacher')
  await page.goto(`/lessons/${ids.substituted}`)
  await expect(
    page
      .getByRole('banner')
      .or(page.locator('header'))
      .filter({ has: page.locator('h1') }),
  ).toContainText('замена: Чхеидзе Нино Зурабовна (по расписанию Саркисов Вадим Рубенович)')
  await expect(page.getByText('Этот урок по замене ведёт Чхеидзе Нино Зурабовна')).toBeInViewport()
  const substitute = await as('substitute')
  await substitute.goto(`/lessons/${ids.substituted}`)
  await expect(substitute.getByText('замена: Чхеидзе Нино Зурабовна')).toBeVisible()
  await expect(substitute.getByText('Этот урок по замене ведёт')).toHaveCount(0)
})

test('what is saved does not read as present, and names stand by what belongs to them', async ({ as }) => {
  const page = await as('teacher')
  await page.goto(`/lessons/${ids.today}`)
  const row = page.getByRole('row', { name: /Белов Борис/ })
  await row.getByRole('button', { name: /Борис: Болезнь/ }).click()
  const state = row.getByRole('cell').or(row.getByRole('gridcell')).last()
  await expect(state).toHaveText('сохранено')
  const gap = await row.evaluate((line) => {
    const text = document.createRange()
    text.selectNodeContents(line.querySelector('th') as Element)
    const button = line.querySelector('button')?.getBoundingClientRect().left ?? 0
    return button - text.getBoundingClientRect().right
  })
  expect(gap).toBeLessThan(220)
  // Without a connection it does not say that it is being saved.
  await page.context().setOffline(true)
  await row.getByRole('button', { name: /Борис: На уроке|Борис: на уроке/ }).click()
  await expect(state).toHaveText(/не отправлено: нет связи/)
})

test('a lesson that one may only read has nothing that looks like a field', async ({ as }) => {
  const page = await as('deputy')
  await page.goto(`/lessons/${ids.today}`)
  const roll = page.getByRole('table', { name: 'Посещаемость и отметки' })
  await expect(roll.getByRole('row', { name: /Белов Борис не отмечено/ })).toBeVisible()
  await expect(roll.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('textbox')).toHaveCount(0)
})
