import { newId } from '#platform/ids.ts'
import { insert } from '../small-school.ts'
import { algebra, child, childName, columnOf } from './big-class.ts'
import { CELLS, cell, heldRequests, marksIn, openJournal } from './grid.ts'
import { retimed } from './retimed.ts'
import { expect, test } from './school.ts'

test.use({ filling: 'class' })

const today = columnOf(algebra.today)
const ninth = columnOf(algebra.ninth)

test('thirty marks of a class take two key presses each', async ({ as, school }) => {
  const page = await as('teacher')
  await openJournal(page)
  let presses = 0
  const press = async (key: string) => {
    presses += 1
    await page.keyboard.press(key)
  }
  await page.getByRole('button', { name: 'Напечатать журнал' }).focus()
  await press('Tab')
  await expect(cell(page, 0, today)).toBeFocused()
  for (let row = 0; row < 31; row++) {
    if (row !== 3) await press(String(3 + (row % 3)))
    if (row < 30) await press('Enter')
  }
  expect(presses).toBeLessThanOrEqual(65)
  await expect(cell(page, 30, today)).toHaveAccessibleName(/отметка 3, сохранено/)
  await expect.poll(async () => (await marksIn(school, algebra.lesson(algebra.today))).length).toBe(30)
})

test('every cell says child, date, work, value and state', async ({ as }) => {
  const page = await as('teacher')
  await openJournal(page)
  await expect(cell(page, 0, today)).toHaveAccessibleName(
    'Агеев Егор, 12 ноября, 3-й урок, ответ на уроке, пусто',
  )
  await expect(cell(page, 1, today + 1)).toHaveAccessibleName(
    'Бобров Егор, 12 ноября, 3-й урок, контрольная работа «Линейные уравнения», пусто',
  )
  await cell(page, 0, today).focus()
  await page.keyboard.press('5')
  await expect(cell(page, 0, today)).toHaveAccessibleName(/, отметка 5, сохранено$/)
  await expect(cell(page, 0, columnOf(0))).toHaveAccessibleName(
    'Агеев Егор, 2 ноября, 3-й урок, ответ на уроке, отметка 2, не был, причина не известна, сохранено, закрыто: срок записи прошёл',
  )
  await expect(page.getByRole('columnheader', { name: /^2 ноября, 3-й урок, тема: Линейные/ })).toBeVisible()
  await expect(page.getByRole('rowheader', { name: new RegExp(childName(0)) })).toBeVisible()
})

test('letters are attendance under both layouts and stand beside the mark', async ({ as }) => {
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 0, today).focus()
  // Under the Latin layout: the key of «н», then the key of «б».
  await page.keyboard.press('KeyY')
  await expect(cell(page, 0, today)).toHaveText('н')
  await page.keyboard.press('Comma')
  await expect(cell(page, 0, today)).toHaveText('б')
  await page.keyboard.press('4')
  await expect(cell(page, 0, today)).toHaveText('4б')
  await expect(cell(page, 0, today)).toHaveAccessibleName(/отметка 4, болезнь, сохранено$/)
  await page.keyboard.press('Delete')
  await expect(cell(page, 0, today)).toHaveAccessibleName(/пусто/)
  await page.keyboard.press('7')
  await expect(page.getByRole('status').filter({ hasText: '«7» здесь не ставят' })).toBeAttached()
})

test('why a key was refused is not taken away by the saving of what came before it', async ({ as }) => {
  const page = await as('teacher')
  // What is said is not said for ever.
  await retimed(page, 10_000, 600_000)
  await openJournal(page)
  const { release } = await heldRequests(page, CELLS)
  const said = page.getByRole('status')
  const refusal = '«7» здесь не ставят. Можно: '
  await cell(page, 0, today).focus()
  await page.keyboard.press('5')
  await expect(cell(page, 0, today)).toHaveAccessibleName(/отметка 5, сохраняется$/)
  await page.keyboard.press('7')
  await expect(said.filter({ hasText: refusal })).toBeAttached()
  release()
  await expect(cell(page, 0, today)).toHaveAccessibleName(/отметка 5, сохранено$/)
  await expect(said.filter({ hasText: '5, сохранено' })).toBeAttached()
  expect(await said.filter({ hasText: refusal }).count()).toBe(1)
  await expect(page.getByRole('region', { name: 'Выбранная клетка' })).toContainText(refusal)
})

test('a journal brought anew shows what was entered meanwhile and still why a key was refused', async ({
  as,
  school,
}) => {
  const page = await as('teacher')
  const stream = page.waitForResponse('**/api/events')
  await openJournal(page)
  await stream
  await cell(page, 0, today).focus()
  await page.keyboard.press('7')
  const bar = page.getByRole('region', { name: 'Выбранная клетка' })
  await expect(bar).toContainText('«7» здесь не ставят')
  const tomorrow = cell(page, 0, columnOf(algebra.today + 1))
  await expect(tomorrow).toHaveAccessibleName(/урок ещё не прошёл$/)
  school.clock.now = new Date('2026-11-13T09:00:00Z')
  await school.stop()
  await insert(school.database, 'mark', [
    {
      id: newId(),
      lesson_id: algebra.lesson(algebra.today),
      work_id: algebra.lesson(algebra.today),
      student_id: child(1),
      value: '4',
      entered_on: '2026-11-12',
      entered_at: '2026-11-12T09:00:00Z',
      late: false,
      version: 1,
    },
  ])
  await school.start()
  // A browser takes seconds to open a broken line again.
  await expect(tomorrow).toHaveAccessibleName(/пусто$/, { timeout: 30_000 })
  await expect(cell(page, 1, today)).toHaveText('4')
  await expect(bar).toContainText('«7» здесь не ставят')
  await expect(cell(page, 0, today)).toBeFocused()
})

test('a lesson with two works keeps two marks and one attendance', async ({ as, school }) => {
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 0, today).focus()
  await page.keyboard.press('5')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('4')
  await page.keyboard.press('KeyJ')
  await expect(cell(page, 0, today)).toHaveText('5о')
  await expect(cell(page, 0, today + 1)).toHaveText('4')
  await expect(cell(page, 0, today)).toHaveAccessibleName(/отметка 5, опоздание, сохранено$/)
  await expect.poll(() => marksIn(school, algebra.lesson(algebra.today))).toEqual(['Агеев 5 v1'])
  await expect.poll(() => marksIn(school, algebra.test(algebra.today))).toEqual(['Агеев 4 v1'])
  await expect(page.getByRole('row', { name: /Агеев/ }).getByRole('gridcell').last()).toHaveText('3,67')
})

test('of a block from Excel every cell that is one value is pasted, the others are named, and all is undone at once', async ({
  browserOf,
  school,
}) => {
  const context = await browserOf('teacher')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  await openJournal(page)
  const paste = async (text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await page.keyboard.press('Control+V')
  }
  await cell(page, 0, today).focus()
  await paste('"5\n"\t4\r\n3\t\r\nН\t5,0\r\n')
  await expect(cell(page, 0, today)).toHaveText('5')
  await expect(cell(page, 0, today + 1)).toHaveText('4')
  await expect(cell(page, 1, today)).toHaveText('3')
  await expect(cell(page, 2, today)).toHaveText('н')
  await expect(cell(page, 2, today + 1)).toHaveText('5')
  await expect(cell(page, 2, today + 1)).toHaveAccessibleName(/сохранено$/)
  const missed = page.getByRole('region', { name: 'Не вставлено' })
  await expect(missed).toBeHidden()
  await cell(page, 0, today).focus()
  await paste('5/4\n4\n"4\r\n(за диктант)"\n2\nн б\n5-')
  await expect(missed).toContainText('Вставлено: 1 значение. Не вставлено: 5.')
  await expect(missed.getByRole('listitem')).toHaveText([
    'Агеев Егор, 12 ноября, 3-й урок, ответ на уроке: «5/4» — не одно значение',
    /^Васильев Егор, 12 ноября, 3-й урок, ответ на уроке: «4 \(за диктант\)» — не одно значение$/,
    /^Гринёв Егор, 12 ноября, .*«2» — закрыто: ребёнок уже убыл$/,
    /«н б» — не одно значение$/,
    /«5-» — не одно значение$/,
  ])
  await expect(cell(page, 0, today)).toHaveText('5')
  await expect(cell(page, 1, today)).toHaveText('4')
  await expect(cell(page, 1, today)).toHaveAccessibleName(/сохранено$/)
  await missed.getByRole('button', { name: /^Васильев/ }).click()
  await expect(cell(page, 2, today)).toBeFocused()
  await page.keyboard.press('Control+Z')
  await expect(cell(page, 1, today)).toHaveText('3')
  await page.keyboard.press('Control+Z')
  await expect(cell(page, 0, today)).toHaveText('')
  await expect(cell(page, 2, today + 1)).toHaveText('')
  await page.keyboard.press('Control+Y')
  await expect(cell(page, 2, today + 1)).toHaveText('5')
  await missed.getByRole('button', { name: 'Понятно' }).click()
  await expect(missed).toBeHidden()
  await expect(page.getByText(/^(Не принято|Не отправлено)/)).toBeHidden()
  await expect
    .poll(() => marksIn(school, algebra.lesson(algebra.today)))
    .toEqual(['Агеев 5 v3', 'Бобров 3 v5'])
})

test('a table copied as HTML alone is pasted like text', async ({ as }) => {
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 0, today).focus()
  const html =
    '<p>Класс</p><table><tr><td colspan="2">5</td></tr><tr><th>3<br></th><td>4</td></tr><tr><td>5<br>4</td></tr></table>'
  await cell(page, 0, today).evaluate((element, copied) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', copied)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, html)
  await expect(cell(page, 0, today)).toHaveText('5')
  await expect(cell(page, 0, today + 1)).toHaveText('')
  await expect(cell(page, 1, today)).toHaveText('3')
  await expect(cell(page, 1, today + 1)).toHaveText('4')
  await expect(cell(page, 2, today)).toHaveText('')
  await expect(page.getByRole('region', { name: 'Не вставлено' })).toContainText('«5 4» — не одно значение')
})

test('a comment is written with F2 and read in the announcement', async ({ as, school }) => {
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 0, today).focus()
  await page.keyboard.press('3')
  await page.keyboard.press('F2')
  const dialog = page.getByRole('dialog', { name: 'Комментарий к отметке 3' })
  await dialog.getByRole('textbox').fill('Ошибка в знаке')
  await dialog.getByRole('button', { name: 'Сохранить' }).press('Enter')
  await expect(dialog).toBeHidden()
  await expect(cell(page, 0, today)).toBeFocused()
  await expect(cell(page, 0, today)).toHaveAccessibleName(/комментарий: Ошибка в знаке, сохранено$/)
  await expect.poll(() => marksIn(school, algebra.lesson(algebra.today))).toEqual(['Агеев 3 v2'])
  await page.getByRole('button', { name: 'История клетки' }).click()
  const history = page.getByRole('dialog', { name: 'История клетки' })
  await expect(history.getByRole('table', { name: 'Отметка' }).getByRole('row')).toHaveCount(3)
  await page.keyboard.press('Escape')
  await expect(history).toBeHidden()
})

test('cells before arrival, after departure, of past windows and of lessons ahead are closed', async ({
  as,
}) => {
  const page = await as('teacher')
  await openJournal(page)
  const closed: [number, number, string][] = [
    [2, ninth, 'ребёнок ещё не прибыл'],
    [3, today, 'ребёнок уже убыл'],
    [0, columnOf(3), 'срок записи прошёл'],
    [0, columnOf(7), 'урок ещё не прошёл'],
  ]
  for (const [row, column, why] of closed) {
    const place = cell(page, row, column)
    await expect(place).toHaveAttribute('aria-readonly', 'true')
    await expect(place).toHaveAccessibleName(new RegExp(`закрыто: ${why}$`))
    const before = await place.textContent()
    await place.focus()
    await page.keyboard.press('5')
    await expect(page.getByRole('region', { name: 'Выбранная клетка' })).toContainText(why)
    expect(await place.textContent()).toBe(before)
  }
})

test('a late entry asks for its reason once a lesson', async ({ as, school }) => {
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 1, ninth).focus()
  await page.keyboard.press('5')
  const dialog = page.getByRole('dialog', { name: 'Почему запись вносится или меняется позже?' })
  await dialog.getByRole('textbox', { name: 'Или своими словами' }).fill('Заболела на уроке')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(cell(page, 1, ninth)).toHaveAccessibleName(/отметка 5, сохранено$/)
  await cell(page, 4, ninth).focus()
  await page.keyboard.press('4')
  await expect(cell(page, 4, ninth)).toHaveAccessibleName(/отметка 4, сохранено$/)
  await expect(dialog).toBeHidden()
  const { rows } = await school.database.owner.query('select reason from late_entry')
  expect(rows).toEqual([{ reason: 'Заболела на уроке' }])
})

test('keys meant for the next child never answer why an entry is late', async ({ as, school }) => {
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 1, ninth).focus()
  await page.keyboard.press('5')
  const dialog = page.getByRole('dialog', { name: 'Почему запись вносится или меняется позже?' })
  await expect(dialog).toBeVisible()
  for (const key of ['Enter', '4', 'Enter', 'Space', '3', 'Enter']) await page.keyboard.press(key)
  await expect(dialog).toBeVisible()
  await expect(dialog.getByRole('textbox')).toHaveValue('')
  const { rows } = await school.database.owner.query('select reason from late_entry')
  expect(rows).toEqual([])
  await dialog.getByRole('button', { name: 'Не было связи' }).press('Enter')
  await expect(cell(page, 1, ninth)).toHaveAccessibleName(/отметка 5, сохранено$/)
})

test('a refusal stands in the cell in Russian until it is put right', async ({ as, school }) => {
  const page = await as('teacher')
  await openJournal(page)
  // The child is taken out of the class while its line is on the screen.
  await school.database.owner.query(
    `update group_member m set ends_on = '2026-11-10', version = m.version + 1 from person p
     where p.id = m.student_id and p.last_name = 'Агеев' and set_config('app.reason', 'убыл', false) is not null`,
  )
  await cell(page, 0, today).focus()
  await page.keyboard.press('5')
  const bar = page.getByRole('region', { name: 'Выбранная клетка' })
  await expect(bar).toContainText('Не сохранено: 5')
  await expect(cell(page, 0, today)).toHaveAccessibleName(/отметка 5, не сохранено: /)
  await expect(cell(page, 0, today)).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('Не принято: 1', { exact: true })).toBeVisible()
  await bar.getByRole('button', { name: 'Убрать моё' }).click()
  await expect(cell(page, 0, today)).toHaveAccessibleName(/пусто/)
  await expect(page.getByText('Не принято: 1', { exact: true })).toBeHidden()
})

test('arrows reach the head of a lesson, and Escape then Tab leaves the grid', async ({ as }) => {
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 0, today).focus()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('link', { name: /^12 ноября, 3-й урок/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(cell(page, 0, today)).toBeFocused()
  await page.keyboard.press('Control+End')
  await expect(cell(page, 30, columnOf(20) - 1)).toBeFocused()
  await page.keyboard.press('Control+Home')
  await expect(cell(page, 0, 0)).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('grid').locator(':focus')).toHaveCount(0)
})
