import type { Page } from '@playwright/test'
import { newId } from '#platform/ids.ts'
import { ids, insert } from '../small-school.ts'
import { algebra, columnOf } from './big-class.ts'
import { CELLS, cell, heldRequests, marksIn, openJournal } from './grid.ts'
import { expect, test } from './school.ts'

test.use({ filling: 'class' })

const today = columnOf(algebra.today)
const lesson = algebra.lesson(algebra.today)

async function heard(page: Page): Promise<void> {
  const stream = page.waitForResponse('**/api/events')
  await openJournal(page)
  await stream
}

const shows = (page: Page, row: number) => cell(page, row, today)
const bar = (page: Page) => page.getByRole('region', { name: 'Выбранная клетка' })

test('two windows on one column show each other’s marks at once', async ({ as, school }) => {
  const [one, other] = [await as('teacher'), await as('teacher')]
  await heard(one)
  await heard(other)
  await shows(one, 0).focus()
  await one.keyboard.press('5')
  await expect(shows(one, 0)).toHaveAccessibleName(/сохранено$/)
  await expect(shows(other, 0)).toHaveText('5')
  await shows(other, 1).focus()
  await other.keyboard.press('4')
  await expect(shows(other, 1)).toHaveAccessibleName(/сохранено$/)
  await expect(shows(one, 1)).toHaveText('4')
  await shows(other, 0).focus()
  await other.keyboard.press('KeyY')
  await expect(shows(one, 0)).toHaveText('5н')
  expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1', 'Бобров 4 v1'])
})

test('what a substitute marks at the lesson stands at once in the journal of its teacher', async ({
  as,
  school,
}) => {
  await insert(school.database, 'substitution', [
    { id: newId(), lesson_id: lesson, substitute_id: ids.substitute, reason: 'болезнь', version: 1 },
  ])
  const [teacher, substitute] = [await as('teacher'), await as('substitute')]
  await heard(teacher)
  await substitute.goto(`/lessons/${lesson}`)
  const markOf = (name: string) => substitute.getByLabel(`${name} Егор, отметка: Ответ на уроке`)
  await markOf('Агеев').fill('5')
  await expect(shows(teacher, 0)).toHaveText('5')
  await markOf('Бобров').fill('4')
  await expect(shows(teacher, 1)).toHaveText('4')
  expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1', 'Бобров 4 v1'])
})

for (const choice of ['mine', 'theirs'] as const) {
  test(`a cell typed by both at once shows both values and takes ${choice}`, async ({ as, school }) => {
    const [first, second] = [await as('teacher'), await as('teacher')]
    await heard(first)
    await heard(second)
    const { release } = await heldRequests(second, CELLS)
    await shows(second, 0).focus()
    await second.keyboard.press('4')
    await expect(shows(second, 0)).toHaveAccessibleName(/отметка 4, сохраняется$/)
    await shows(first, 0).focus()
    await first.keyboard.press('5')
    await expect(shows(first, 0)).toHaveAccessibleName(/отметка 5, сохранено$/)
    release()
    await expect(bar(second)).toContainText('Это значение изменил другой человек')
    await expect(bar(second)).toContainText('У вас 4, в журнале 5.')
    await expect(shows(second, 0)).toHaveAccessibleName(/спор: у вас 4, у другого человека 5$/)
    expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1'])
    const button = { mine: 'Оставить моё: 4', theirs: 'Принять чужое: 5' }[choice]
    await bar(second).getByRole('button', { name: button }).click()
    const won = { mine: '4', theirs: '5' }[choice]
    await expect(shows(second, 0)).toHaveAccessibleName(new RegExp(`отметка ${won}, сохранено$`))
    await expect(shows(first, 0)).toHaveText(won)
    expect(await marksIn(school, lesson)).toEqual([choice === 'mine' ? 'Агеев 4 v2' : 'Агеев 5 v1'])
    await expect(second.getByText('Не принято', { exact: false })).toBeHidden()
  })
}
