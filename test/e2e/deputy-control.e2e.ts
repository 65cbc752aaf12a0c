import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { newId } from '#platform/ids.ts'
import { ids, insert } from '../small-school.ts'
import { expect, type School, test } from './school.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const faultsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).withTags(WCAG).analyze()).violations.map(({ id, nodes }) => [
    id,
    nodes[0]?.html,
  ])
const lessons = (page: Page) => page.getByRole('region', { name: 'Уроки' }).getByRole('link')

/** Physics of the 5th was recorded late; those of the 9th and the music of today are not recorded at all. */
async function keep({ database, clock }: School): Promise<void> {
  const late = { entered_on: '2026-11-09', entered_at: '2026-11-09T08:00:00Z', late: true, version: 1 }
  await insert(database, 'lesson_record', [
    { id: newId(), lesson_id: ids.second, topic: 'Диффузия', taught_by: ids.teacher, ...late },
  ])
  await insert(database, 'homework', [
    { id: newId(), lesson_id: ids.second, text: null, minutes: null, ...late },
  ])
  await insert(database, 'attendance', [
    { id: newId(), lesson_id: ids.second, student_id: ids.anna, code: null, ...late },
  ])
  await insert(database, 'late_entry', [
    {
      id: newId(),
      lesson_id: ids.second,
      reason: 'Болел',
      entered_on: '2026-11-09',
      actor_id: ids.teacher,
      version: 1,
    },
  ])
  clock.now = new Date('2026-11-12T11:30:00Z')
}

test('the deputy narrows the list, goes along it by arrows and opens the lesson', async ({ as, school }) => {
  await keep(school)
  const page = await as('deputy')
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: 'Контроль журнала' })).toBeVisible()
  await page.getByRole('button', { name: 'Заезд' }).click()
  await expect(lessons(page)).toHaveCount(6)
  await page.getByLabel('Учитель').selectOption({ value: ids.teacher })
  await page.getByRole('link', { name: 'Нет темы 2' }).click()
  await expect(lessons(page)).toHaveCount(2)
  await page.reload()
  await expect(lessons(page)).toHaveCount(2)
  expect(await faultsOf(page)).toEqual([])
  await lessons(page).first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(lessons(page).nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/lessons/${ids.first}`)
})

test('a late entry stands with its reason and who made it', async ({ as, school }) => {
  await keep(school)
  const page = await as('officer')
  await page.goto('/control?from=2026-11-02&to=2026-11-12&show=late')
  await expect(page.getByRole('row', { name: /Физика/ })).toContainText('Болел — 9 ноября, Саркисов В. Р.')
})

test('the director’s figures open exactly the lessons they count', async ({ as, school }) => {
  await keep(school)
  const page = await as('director')
  await page.goto('/control/summary?from=2026-11-02&to=2026-11-12')
  await expect(page.getByRole('link', { name: /Проведено уроков/ })).toBeVisible()
  const figures = await page
    .getByRole('main')
    .getByRole('list')
    .getByRole('link', { name: /^\d+ ?[А-Я]/ })
    .all()
  const expected = await Promise.all(
    figures.map(async (link) => [
      await link.getAttribute('href'),
      Number(await link.locator('b').textContent()),
    ]),
  )
  expect(expected.length).toBeGreaterThanOrEqual(9)
  expect(await faultsOf(page)).toEqual([])
  for (const [href, figure] of expected) {
    await page.goto(String(href))
    await expect(page.getByText(/: \d+$/).first()).toBeVisible()
    await expect(lessons(page), String(href)).toHaveCount(Number(figure))
  }
  await page.goto('/control/summary?from=2026-11-02&to=2026-11-12')
  await page.getByRole('link', { name: 'Саркисов Вадим Рубенович, не заполнено: 2' }).click()
  await expect(lessons(page)).toHaveCount(2)
})

test('an opened lesson lets its teacher write, and a closed window is seen as closed', async ({ as }) => {
  const teacher = await as('teacher')
  await teacher.goto(`/lessons/${ids.first}`)
  await expect(teacher.getByText('Тема урока', { exact: true })).toBeVisible()
  await expect(teacher.getByRole('textbox')).toHaveCount(0)

  const page = await as('deputy')
  await page.goto('/control')
  await page.getByRole('link', { name: 'Открытые уроки' }).click()
  await page.getByRole('button', { name: 'Открыть уроки' }).click()
  const dialog = page.getByRole('dialog', { name: 'Открыть уроки' })
  await dialog.getByRole('button', { name: 'Открыть', exact: true }).click()
  await expect(dialog.getByText('Выберите из списка.')).toBeVisible()
  await dialog.getByLabel('Учитель').selectOption('Саркисов Вадим Рубенович')
  await dialog.getByLabel('Причина').fill('Болел две недели')
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Открыть', exact: true }).click()
  const row = page.getByRole('row', { name: /Саркисов/ })
  await expect(row).toContainText('открыто')
  expect(await faultsOf(page)).toEqual([])

  await teacher.reload()
  await expect(teacher.getByLabel('Тема урока', { exact: true })).toBeEditable()

  await row.getByRole('button', { name: /^Закрыть/ }).click()
  await page.getByRole('button', { name: 'Закрыть уроки' }).click()
  await expect(row).toContainText('закрыто')
})

test('a study period is closed and opened again, and its teacher sees it at the lesson', async ({
  as,
  school,
}) => {
  const period = { name: '2 четверть', grade_from: 5, grade_to: 9, version: 1 }
  await insert(school.database, 'grading_period', [
    { id: newId(), starts_on: '2026-11-02', ends_on: '2026-12-29', ...period },
  ])
  const teacher = await as('teacher')
  const topic = teacher.getByLabel('Тема урока', { exact: true })
  await teacher.goto(`/lessons/${ids.today}`)
  await expect(topic).toBeEditable()

  const page = await as('deputy')
  await page.goto('/settings')
  const row = page.getByRole('row', { name: /2 четверть, 5–9 классы/ })
  await expect(row).toContainText('открыт')
  await row.getByRole('button', { name: /^Закрыть/ }).click()
  const closing = page.getByRole('dialog', { name: 'Закрыть учебный период?' })
  await closing.getByRole('button', { name: 'Закрыть период' }).click()
  await expect(closing.getByText('Напишите основание, хотя бы слово.')).toBeVisible()
  await closing.getByLabel('Основание').fill('Итоги подведены')
  expect(await faultsOf(page)).toEqual([])
  await closing.getByRole('button', { name: 'Закрыть период' }).click()
  await expect(row).toContainText('закрыт')
  await expect(row).toContainText('Итоги подведены')

  await teacher.reload()
  await expect(teacher.getByText('Тема урока', { exact: true })).toBeVisible()
  await expect(teacher.getByRole('textbox')).toHaveCount(0)

  await row.getByRole('button', { name: /^Открыть снова/ }).click()
  const opening = page.getByRole('dialog', { name: 'Открыть период снова?' })
  await opening.getByLabel('Основание').fill('Исправление по приказу № 15')
  expect(await faultsOf(page)).toEqual([])
  await opening.getByRole('button', { name: 'Открыть до этого дня' }).click()
  await expect(row).toContainText('открыт снова до 14 ноября')
  expect(await faultsOf(page)).toEqual([])
  await teacher.reload()
  await expect(topic).toBeEditable()

  await page.setViewportSize({ width: 320, height: 640 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})

test('on a phone the desk is no wider than the screen', async ({ as, school }) => {
  await keep(school)
  const page = await as('deputy')
  await page.setViewportSize({ width: 320, height: 640 })
  for (const path of ['/control', '/control/summary', '/entry-windows']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: 'Загружается' })).toHaveCount(0)
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    expect(content, path).toBeLessThanOrEqual(screen ?? 0)
    expect(await faultsOf(page)).toEqual([])
  }
})
