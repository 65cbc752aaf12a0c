import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { newId } from '#platform/ids.ts'
import { ids, insert } from '../small-school.ts'
import { expect, type School, test } from './school.ts'

const entered = { entered_on: '2026-11-12', entered_at: '2026-11-12T08:00:00Z', late: false, version: 1 }
const diary = (search = '') => `/students/${ids.anna}/diary${search}`
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const faultsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).withTags(WCAG).analyze()).violations.map(({ id, nodes }) => [
    id,
    nodes[0]?.html,
  ])

/** What a family comes to see: a mark with a comment, homework, an absence, a substitution. */
async function teach({ database }: School): Promise<void> {
  await insert(database, 'mark', [
    {
      id: newId(),
      lesson_id: ids.today,
      work_id: ids.today,
      student_id: ids.anna,
      value: '5',
      comment: 'Решила задачу у доски',
      ...entered,
    },
    {
      id: newId(),
      lesson_id: ids.today,
      work_id: ids.today,
      student_id: ids.boris,
      value: '2',
      comment: 'Борис не готов',
      ...entered,
    },
  ])
  await insert(database, 'homework', [
    { id: newId(), lesson_id: ids.today, text: '§ 4, вопросы 1–3', minutes: 70, ...entered },
    { id: newId(), lesson_id: ids.substituted, text: '§ 3', minutes: 20, ...entered },
  ])
  await insert(database, 'attendance', [
    { id: newId(), lesson_id: ids.substituted, student_id: ids.anna, code: 'б', ...entered },
  ])
}

test('a mother sees today, what to prepare and what is new, and opens the diary', async ({ as, school }) => {
  await teach(school)
  const page = await as('motherOfAnna')
  await page.goto('/')
  const anna = page.getByRole('article', { name: 'Абрамова Анна' })
  await expect(anna.getByRole('region', { name: 'Сегодня' }).getByRole('listitem')).toHaveCount(3)
  await expect(anna.getByRole('region', { name: 'Задано на понедельник, 16 ноября' })).toContainText(
    'Физика: § 4, вопросы 1–3 · 1\u00a0ч 10\u00a0мин',
  )
  await expect(anna.getByRole('region', { name: 'Новые отметки' })).toContainText('Решила задачу у доски')
  await expect(anna.getByRole('region', { name: 'Пропуски и опоздания' })).toContainText('Болезнь')
  await expect(page.getByText('Борис')).toHaveCount(0)
  expect(await faultsOf(page)).toEqual([])

  await anna.getByRole('link', { name: 'Дневник' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Абрамова Анна' })).toBeFocused()
  const today = page.getByRole('region', { name: 'Четверг, 12 ноября' })
  await expect(today.getByText('Решила задачу у доски')).toBeVisible()
  await expect(today).toContainText('К уроку (задано 09.11)')
  await expect(page.getByRole('region', { name: 'Понедельник, 9 ноября' })).toContainText(
    'Чхеидзе Н. З., по расписанию Саркисов В. Р.',
  )
  await page.getByText('Средние отметки за заезд').click()
  await expect(page.getByRole('row', { name: /Физика/ })).toContainText('5,00')
  expect(await faultsOf(page)).toEqual([])
})

test('weeks and days turn by keyboard, and the address keeps the place', async ({ as, school }) => {
  await teach(school)
  const page = await as('anna')
  await page.goto(diary())
  const forward = page.getByRole('button', { name: 'Вперёд: неделя' })
  await expect(forward).toBeEnabled()
  await forward.press('Enter')
  await expect(page.getByRole('region', { name: 'Понедельник, 16 ноября' })).toContainText('§ 4')
  await forward.press('Enter')
  await expect(page.getByText('На этой неделе занятий нет')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('region', { name: 'Понедельник, 16 ноября' })).toBeVisible()
  await page.getByRole('button', { name: 'День', exact: true }).press('Enter')
  await page.getByRole('link', { name: 'понедельник, 16 ноября' }).press('Enter')
  await page.reload()
  await expect(page.getByRole('region', { name: 'Понедельник, 16 ноября' })).toBeVisible()
  const current = page.getByRole('navigation', { name: 'Дни недели' }).locator('[aria-current]')
  await expect(current).toHaveAccessibleName('понедельник, 16 ноября')
})

test('on a phone the diary opens at one day and nothing is wider than the screen', async ({ as, school }) => {
  await teach(school)
  const page = await as('motherOfAnna')
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(diary())
  await expect(page.getByRole('region', { name: /ноября/ })).toHaveCount(1)
  await expect(page.getByText('Решила задачу у доски')).toBeVisible()
  const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  for (const path of [diary(), diary('?view=week'), '/']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText('§ 4').first()).toBeVisible()
    const [content, screen] = await widths()
    expect(content, path).toBeLessThanOrEqual(screen ?? 0)
  }
  expect(await faultsOf(page)).toEqual([])
})

test('two children of one account change places without leaving the week', async ({ as, school }) => {
  await teach(school)
  const link = { id: newId(), guardian_id: ids.motherOfAnna, student_id: ids.galina, kinship: 'тётя' }
  await insert(school.database, 'guardian_link', [{ ...link, starts_on: '2026-11-02', version: 1 }])
  const page = await as('motherOfAnna')
  await page.goto(diary('?day=2026-11-12&view=week'))
  await page.getByRole('navigation', { name: 'Дети' }).getByRole('link', { name: 'Галина, 8А' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Дёмина Галина' })).toBeVisible()
  await expect(page).toHaveURL(/day=2026-11-12/)
  await expect(page.getByText('Решила задачу у доски')).toHaveCount(0)
})

test('another family’s child is a page that does not exist', async ({ as }) => {
  const page = await as('motherOfGalina')
  await page.goto(diary())
  await expect(page.getByRole('heading', { name: 'Здесь ничего нет' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'На главную' })).toBeVisible()
  await expect(page.getByText('Абрамова')).toHaveCount(0)
})

test('the homeroom teacher finds a child by a few letters', async ({ as, school }) => {
  await teach(school)
  const page = await as('homeroom')
  await page.goto('/diaries')
  await page.getByRole('searchbox', { name: 'Найти' }).fill('абр')
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1)
  await page.getByRole('link', { name: 'Абрамова Анна Сергеевна' }).click()
  await expect(page.getByText('Решила задачу у доски')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
})
