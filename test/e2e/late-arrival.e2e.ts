import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ids } from '../small-school.ts'
import { cell, marksIn, openJournal } from './grid.ts'
import { expect, test } from './school.ts'
import { sideways } from './sideways.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// Thursday's column of physics; eight days on its window of five has closed.
const today = 3
const LATER = new Date('2026-11-20T09:00:00Z')

async function isOpenToEverybody(page: Page): Promise<void> {
  for (const width of [1366, 390]) {
    await page.setViewportSize({ width, height: 768 })
    expect(await sideways(page)).toEqual([])
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  }
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('what arrives after the window waits for the deputy, who writes it into the journal', async ({
  as,
  school,
}) => {
  const teacher = await as('teacher')
  await openJournal(teacher, ids.physics7)
  await teacher.context().setOffline(true)
  await cell(teacher, 0, today).focus()
  await teacher.keyboard.press('5')
  await expect(cell(teacher, 0, today)).toHaveAccessibleName(/отметка 5/)
  school.clock.now = LATER
  await teacher.context().setOffline(false)
  await expect(cell(teacher, 0, today)).toHaveAccessibleName(/отметка 5, .*передана заместителю директора/)
  await expect(teacher.getByText('Не в журнале, а на рассмотрении: 5')).toBeVisible()
  expect(await marksIn(school, ids.today)).toEqual([])
  await isOpenToEverybody(teacher)

  const deputy = await as('deputy')
  await deputy.goto('/control')
  await deputy.getByRole('link', { name: 'На рассмотрении: 1' }).click()
  await expect(deputy.getByRole('row', { name: /Абрамова Анна.*ничего.*5/ })).toBeVisible()
  await isOpenToEverybody(deputy)
  await deputy.getByRole('button', { name: 'Внести в журнал' }).focus()
  await deputy.keyboard.press('Enter')
  const dialog = deputy.getByRole('dialog', { name: 'Внести запись в журнал?' })
  await dialog.getByLabel('Причина').fill('Не было связи')
  await isOpenToEverybody(deputy)
  await deputy.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(deputy.getByText('внесена', { exact: true })).toBeVisible()
  expect(await marksIn(school, ids.today)).toEqual(['Абрамова 5 v1'])

  await teacher.goto('/own-referred-entries')
  await expect(teacher.getByText('внесена', { exact: true })).toBeVisible()
  await expect(teacher.getByText(/Не было связи/)).toBeVisible()
  await isOpenToEverybody(teacher)
})

test('the teacher sees on the start page what waits and takes it back', async ({ as, school }) => {
  const teacher = await as('teacher')
  await openJournal(teacher, ids.physics7)
  await teacher.context().setOffline(true)
  await cell(teacher, 0, today).focus()
  await teacher.keyboard.press('5')
  await expect(cell(teacher, 0, today)).toHaveAccessibleName(/отметка 5/)
  school.clock.now = LATER
  await teacher.context().setOffline(false)
  await teacher.getByRole('button', { name: 'Понятно' }).click()
  await expect(cell(teacher, 0, today)).toHaveAccessibleName(/пусто/)
  await teacher.goto('/')
  await teacher.getByRole('link', { name: 'Посмотреть или отозвать' }).click()
  await teacher.getByRole('button', { name: 'Отозвать' }).press('Enter')
  await expect(teacher.getByText('отозвана', { exact: true })).toBeVisible()
  expect(await marksIn(school, ids.today)).toEqual([])
})

test('what is referred while the day is on the screen is told there at once', async ({ as, school }) => {
  const teacher = await as('teacher')
  // The writing waits until the day stands there without it.
  let write: () => void = () => undefined
  const told = new Promise<void>((resolve) => {
    write = resolve
  })
  await teacher.route('**/api/lessons/*/record', async (route) => {
    await told
    // Late for this writing alone: on another day the page would be of a day gone by, without the strip.
    const { now } = school.clock
    school.clock.now = LATER
    const answer = await route.fetch()
    school.clock.now = now
    await route.fulfill({ response: answer })
  })
  await teacher.goto(`/lessons/${ids.today}`)
  await teacher.getByLabel('Тема урока', { exact: true }).fill('Сила тока')
  await teacher.keyboard.press('Control+Enter')
  await expect(teacher.getByText('тема не заполнено')).toBeVisible()
  write()
  await expect(teacher.getByText('На рассмотрении у заместителя: 1 запись')).toBeVisible()
})
