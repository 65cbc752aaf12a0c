import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './school.ts'

for (const locale of ['en-US', 'de-DE'])
  test.describe(`a browser that speaks ${locale}`, () => {
    test.use({ locale })

    test('dates are typed, pasted and chosen in Russian', async ({ as }) => {
      const page = await as('admin')
      await page.goto('/people/new')
      const birth = page.getByLabel('Дата рождения')
      await birth.fill('5.3.14')
      await birth.press('Tab')
      await expect(birth).toHaveValue('05.03.2014')
      await birth.fill('31.11.2014')
      await birth.press('Tab')
      await expect(page.getByText('Такой даты нет. Впишите её как 05.03.2026.')).toBeVisible()
      expect(await birth.evaluate((input: HTMLInputElement) => input.validationMessage)).toContain(
        'Такой даты нет',
      )
      await birth.fill('12.11.2014')
      await page.getByRole('button', { name: 'Открыть календарь' }).first().click()
      const calendar = page.getByRole('dialog', { name: /ноябрь 2014/ })
      await expect(calendar.getByRole('columnheader').first()).toHaveText('пн')
      await expect(calendar.getByRole('button', { name: /^среда, 12 ноября 2014/ })).toBeFocused()
      expect(
        (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()).violations,
      ).toEqual([])
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('PageDown')
      await page.keyboard.press('Enter')
      await expect(birth).toHaveValue('19.12.2014')
      await expect(calendar).toBeHidden()

      await page.getByLabel('Фамилия').fill('Лаптева')
      await page.getByLabel('Имя', { exact: true }).fill('Вера')
      await page.getByRole('button', { name: 'Добавить', exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Лаптева Вера' })).toBeVisible()
      await expect(page.getByLabel('Дата рождения')).toHaveValue('19.12.2014')
      expect(await page.locator('input[type=date], input[type=time]').count()).toBe(0)
    })

    test('the days of the control desk are set from the keyboard at 320 px', async ({ as }) => {
      const page = await as('deputy')
      await page.setViewportSize({ width: 320, height: 640 })
      await page.goto('/control')
      await page.locator('summary', { hasText: 'Отбор' }).click()
      const from = page.getByLabel('С', { exact: true })
      await from.fill('9.11.26')
      await from.press('Enter')
      await expect(page).toHaveURL(/from=2026-11-09/)
      await page.getByRole('button', { name: 'Открыть календарь' }).first().click()
      const box = await page.getByRole('dialog').boundingBox()
      expect(box && box.x >= 0 && box.x + box.width <= 320).toBe(true)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    })
  })
