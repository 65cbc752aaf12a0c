import type { BrowserContext, Page } from '@playwright/test'
import { hashPassword } from '#platform/passwords.ts'
import { algebra, columnOf } from './big-class.ts'
import { CELLS, cell, marksIn, openJournal, typeDown } from './grid.ts'
import { expect, type School, signedIn, test } from './school.ts'
import { keptUnsent } from './unsent.ts'

test.use({ filling: 'class' })

const today = columnOf(algebra.today)
const lesson = algebra.lesson(algebra.today)
const PASSWORD = 'три весёлых журавля'
const saved = (page: Page, row: number) => expect(cell(page, row, today)).toHaveAccessibleName(/сохранено$/)

async function givePassword({ database }: School, login: string): Promise<void> {
  await database.owner.query('update account set password_hash = $1 where login = $2', [
    await hashPassword(PASSWORD),
    login,
  ])
}

async function endSessions({ database, clock }: School): Promise<void> {
  await database.owner.query('update session set ended_at = $1', [clock.now])
}

async function changeHands(context: BrowserContext, school: School, who: 'teacher' | 'substitute') {
  await context.clearCookies()
  await signedIn(context, school, who)
}

function once() {
  let happens = () => {}
  const happened = new Promise<void>((resolve) => {
    happens = resolve
  })
  return { happens, happened }
}

test('typed while the session ended, sent after signing in on the spot', async ({ as, school }) => {
  await givePassword(school, 'teacher')
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 0, today).focus()
  await endSessions(school)
  await typeDown(page, '54')
  const dialog = page.getByRole('dialog', { name: 'Сеанс закончился' })
  await expect(dialog).toContainText('Введённое не потеряно')
  await expect(dialog.getByRole('textbox', { name: 'Логин' })).toHaveValue('teacher')
  await expect(dialog.getByLabel('Пароль', { exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('Пароль', { exact: true }).fill('не тот пароль')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert').or(dialog.getByText(/не подходят|Неверн/))).toBeVisible()
  await dialog.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await saved(page, 0)
  await saved(page, 1)
  expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1', 'Бобров 4 v1'])
  // The cursor is in the grid again, wherever the dialog caught it.
  const here = page.getByRole('grid').locator('td:focus')
  await page.keyboard.press('2')
  await expect(here).toHaveAccessibleName(/отметка 2, сохранено$/)
})

test('typed while the server was away, sent when it is back', async ({ as, school }) => {
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 0, today).focus()
  await school.stop()
  await typeDown(page, '543')
  await expect(cell(page, 0, today)).toHaveAccessibleName(/отметка 5, сохраняется$/)
  await expect(page.getByText('Не отправлено: 3', { exact: true })).toBeVisible()
  await school.start()
  for (const row of [0, 1, 2]) await saved(page, row)
  await expect(page.getByText('Не отправлено', { exact: false })).toBeHidden()
  expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1', 'Бобров 4 v1', 'Васильев 3 v1'])
})

test('ten marks typed without a network leave in order when it returns', async ({ browserOf, school }) => {
  const context = await browserOf('teacher')
  const page = await context.newPage()
  await openJournal(page)
  await cell(page, 4, today).focus()
  await context.setOffline(true)
  await typeDown(page, '5432543254')
  await expect(page.getByText('Нет связи. Можно работать дальше')).toBeVisible()
  await expect(page.getByText('Не отправлено: 10', { exact: true })).toBeVisible()
  // One mark is thought over before it could be sent.
  await cell(page, 4, today).focus()
  await page.keyboard.press('3')
  await context.setOffline(false)
  for (let row = 4; row < 14; row++) await saved(page, row)
  const marks = await marksIn(school, lesson)
  expect(marks).toHaveLength(10)
  expect(marks[0]).toBe('Дунаев 3 v2')
})

test('unsaved cells of a closed tab are sent when the journal is opened again', async ({
  browserOf,
  school,
}) => {
  const context = await browserOf('teacher')
  const page = await context.newPage()
  await openJournal(page)
  await cell(page, 0, today).focus()
  await context.setOffline(true)
  await typeDown(page, '54')
  await keptUnsent(page, 2)
  await page.close()
  await context.setOffline(false)
  const again = await context.newPage()
  await openJournal(again)
  await expect(cell(again, 0, today)).toHaveText('5')
  await saved(again, 1)
  expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1', 'Бобров 4 v1'])
})

test('unsent cells that are saved while the journal is still on its way stand in it', async ({
  browserOf,
  school,
}) => {
  const context = await browserOf('teacher')
  const page = await context.newPage()
  await openJournal(page)
  await cell(page, 0, today).focus()
  await context.setOffline(true)
  await typeDown(page, '54')
  await keptUnsent(page, 2)
  await page.close()
  await context.setOffline(false)
  const again = await context.newPage()
  // The journal is read before the cells are written, and comes after them.
  const read = once()
  const written = once()
  await again.route(CELLS, async (route) => {
    await read.happened
    await route.continue()
  })
  await again.route(`**/api/journals/${algebra.journal}`, async (route) => {
    const answer = await route.fetch()
    read.happens()
    await written.happened
    await route.fulfill({ response: answer })
  })
  await again.goto(`/journals/${algebra.journal}`)
  await expect.poll(() => marksIn(school, lesson)).toEqual(['Агеев 5 v1', 'Бобров 4 v1'])
  await expect(again.getByText('Не отправлено', { exact: false })).toBeHidden()
  written.happens()
  await saved(again, 0)
  await expect(cell(again, 1, today)).toHaveText('4')
})

test('what one account typed is never sent by another on the same computer', async ({
  browserOf,
  school,
}) => {
  const context = await browserOf('teacher')
  const page = await context.newPage()
  await openJournal(page)
  await cell(page, 0, today).focus()
  await context.setOffline(true)
  await page.keyboard.press('5')
  await keptUnsent(page, 1)
  await page.close()
  await context.setOffline(false)
  await changeHands(context, school, 'substitute')
  const other = await context.newPage()
  const sent: string[] = []
  other.on('request', (request) => void (request.method() === 'PUT' && sent.push(request.url())))
  await other.goto('/')
  await expect(other.getByText('На этом компьютере ждёт 1 чужая запись', { exact: false })).toBeVisible()
  await other.evaluate(() => dispatchEvent(new Event('online')))
  await other.reload()
  await expect(other.getByText('ждёт 1 чужая запись', { exact: false })).toBeVisible()
  expect(sent).toEqual([])
  expect(await marksIn(school, lesson)).toEqual([])
  await other.close()
  await changeHands(context, school, 'teacher')
  const own = await context.newPage()
  await openJournal(own)
  await saved(own, 0)
  expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1'])
})

test('a mark whose answer was lost on the way is written once', async ({ as, school }) => {
  const page = await as('teacher')
  await openJournal(page)
  const keys: (string | undefined)[] = []
  await page.route(CELLS, async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    const answer = await route.fetch()
    if (keys.length === 1) await route.abort('connectionreset')
    else await route.fulfill({ response: answer })
  })
  await cell(page, 0, today).focus()
  await page.keyboard.press('5')
  await saved(page, 0)
  expect(keys).toEqual([keys[0], keys[0]])
  expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1'])
})

test('closing the page with unsent cells asks first', async ({ browserOf }) => {
  const context = await browserOf('teacher')
  const page = await context.newPage()
  await openJournal(page)
  await cell(page, 0, today).focus()
  await context.setOffline(true)
  await page.keyboard.press('5')
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  expect((await asked).type()).toBe('beforeunload')
})
