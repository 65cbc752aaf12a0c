import { ids } from '../small-school.ts'
import { algebra, child } from './big-class.ts'
import { expect, test } from './school.ts'

test.use({ filling: 'class' })

const closed = [
  `/journals/${algebra.journal}`,
  `/lessons/${algebra.lesson(0)}`,
  `/students/${child(0)}/diary`,
  '/journals',
  '/diaries',
  '/control',
  '/control/summary',
]

test('the system administrator sees people and settings, and no mark anywhere', async ({ as }) => {
  const page = await as('admin')
  const answers: string[] = []
  page.on('response', async (response) => {
    if (response.url().includes('/api/') && response.ok()) answers.push(await response.text().catch(() => ''))
  })
  await page.goto('/')
  const sections = page.getByRole('navigation', { name: 'Разделы', exact: true })
  await expect(sections.getByRole('link')).toHaveText(['Сегодня', 'Люди', 'Настройки', 'События'])
  for (const address of closed) {
    await page.goto(address)
    await expect(
      page.getByText('Такой страницы или записи нет.').or(page.getByText('Здесь ничего нет')).first(),
    ).toBeVisible()
  }
  await page.goto('/people')
  await page.getByRole('link', { name: /^Саркисов/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Саркисов/ })).toBeVisible()
  expect(answers.join(' ')).not.toMatch(/"(marks|attendance|homework|topic)":/)
})

test('nobody finds the page of an object in another school', async ({ as }) => {
  const page = await as('otherSchoolTeacher')
  for (const address of [
    `/journals/${ids.physics7}`,
    `/lessons/${ids.today}`,
    `/students/${ids.anna}/diary`,
  ]) {
    await page.goto(address)
    await expect(page.getByText('Такой страницы или записи нет.')).toBeVisible()
  }
})
