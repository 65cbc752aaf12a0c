import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ids } from '../small-school.ts'
import { retimed } from './retimed.ts'
import { expect, type School, test } from './school.ts'
import { keptUnsent } from './unsent.ts'

const lesson = (id: string) => `/lessons/${id}`
const topic = (page: Page) => page.getByLabel('Тема урока', { exact: true })
const homework = (page: Page) => page.getByLabel('Домашнее задание')
const held = async ({ database }: School, text: string) => (await database.owner.query(text)).rows
const faultsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])

test('an ordinary lesson is filled with four key presses', async ({ as, school }) => {
  const page = await as('teacher')
  await page.goto(lesson(ids.today))
  await expect(topic(page)).toBeFocused()
  let presses = 0
  const press = async (key: string) => {
    presses += 1
    await page.keyboard.press(key)
  }
  await press('Enter')
  await expect(topic(page)).toHaveValue('Физика — наука о природе')
  await expect(homework(page)).toBeFocused()
  await press('Enter')
  await expect(homework(page)).toHaveValue('§ 1')
  await expect(page.getByRole('button', { name: 'Все на месте' })).toBeFocused()
  await press('Enter')
  await expect(page.getByText('Отмечены все: 3 воспитанника')).toBeVisible()
  await press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Четверг, 12 ноября' })).toBeVisible()
  expect(presses).toBe(4)
  const card = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: 'Открыть урок: Физика, 7А' }) })
  await expect(card).toContainText('✓ тема')
  await expect(card).toContainText('✓ посещаемость')
  await expect(card).toContainText('✓ задание')
  expect(await held(school, 'select topic, late from lesson_record')).toEqual([
    { topic: 'Физика — наука о природе', late: false },
  ])
  expect(await held(school, 'select text, minutes from homework')).toEqual([{ text: '§ 1', minutes: 20 }])
  expect(await held(school, 'select code from attendance')).toEqual(Array(3).fill({ code: null }))
})

test('the topic never takes the focus from a mark that is already being typed', async ({ as, school }) => {
  const page = await as('teacher')
  // A slow computer: the topic asks for the focus late.
  await retimed(page, 50, 1_000)
  await page.goto(lesson(ids.today))
  const mark = page.getByLabel('Абрамова Анна, отметка: Ответ на уроке')
  await mark.focus()
  await page.waitForTimeout(1200)
  await expect(mark).toBeFocused()
  await page.keyboard.press('5')
  await expect.poll(() => held(school, 'select value from mark')).toEqual([{ value: '5' }])
  await expect(topic(page)).toHaveValue('')
})

test('what is saved while the day is on its way stands in it', async ({ as, school }) => {
  const page = await as('teacher')
  const saved = page.waitForResponse((answer) => answer.url().endsWith('/record') && answer.ok())
  let reads = 0
  // The day is read before the topic is written, and comes after it.
  await page.route('**/api/days/*', async (route) => {
    reads += 1
    if (reads > 1) return route.continue()
    const answer = await route.fetch()
    await written()
    await route.fulfill({ response: answer })
  })
  await page.route('**/api/lessons/*/record', async (route) => {
    await expect.poll(() => reads).toBe(1)
    await route.continue()
  })
  const written = async () => {
    await saved
    await expect.poll(() => held(school, 'select topic from lesson_record')).toEqual([{ topic: 'Сила тока' }])
    await expect(page.getByText('Не отправлено', { exact: false })).toBeHidden()
  }
  await page.goto(lesson(ids.today))
  await topic(page).fill('Сила тока')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('✓ тема')).toBeVisible()
  await expect(page.getByText('Сила тока')).toBeVisible()
})

test('a day come back to after many entries is not read once for each', async ({ as, school }) => {
  const page = await as('teacher')
  await page.goto('/')
  await page.getByRole('link', { name: 'Открыть урок: Физика, 7А' }).click()
  for (const word of ['Сила', 'Масса', 'Вес', 'Трение', 'Опора', 'Рычаг']) {
    await topic(page).fill(word)
    await topic(page).blur()
    await expect.poll(() => held(school, 'select topic from lesson_record')).toEqual([{ topic: word }])
  }
  let reads = 0
  page.on('request', (request) => {
    if (request.url().includes('/api/days/')) reads += 1
  })
  await page.getByRole('link', { name: 'Сегодня' }).click()
  await expect(page.getByText('Рычаг')).toBeVisible()
  expect(reads).toBeLessThanOrEqual(3)
})

test('one who is away takes one letter, and marks a digit each', async ({ as, school }) => {
  const page = await as('teacher')
  await page.goto(lesson(ids.today))
  await page.getByRole('button', { name: 'Все на месте' }).press('Enter')
  const first = page.getByLabel('Абрамова Анна, отметка: Ответ на уроке')
  await expect(first).toBeFocused()
  await page.keyboard.press('5')
  await page.keyboard.press('Enter')
  await page.keyboard.press('y')
  await expect(
    page.getByRole('button', { name: 'Белов Борис: Не был, причина не известна' }),
  ).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => held(school, `select value from mark`)).toEqual([{ value: '5' }])
  await expect
    .poll(() => held(school, `select code from attendance where student_id = '${ids.boris}'`))
    .toEqual([{ code: 'н' }])
})

test('a mark is pasted only when it is one value, and typed over whatever stands there', async ({
  as,
  school,
}) => {
  const page = await as('teacher')
  await page.goto(lesson(ids.today))
  const mark = page.getByLabel('Абрамова Анна, отметка: Ответ на уроке')
  const roll = page.getByRole('region', { name: 'Посещаемость и отметки' })
  const paste = (text: string) =>
    mark.evaluate((field, copied) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', copied)
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  await paste('"4\r\n"\r\n')
  await expect(mark).toHaveValue('4')
  for (const text of ['5/3', '5\t3', '5\n3', '55', '5-']) {
    await paste(text)
    await expect(roll).toContainText(/Не записано: Абрамова Анна, ответ на уроке: «5.*» — не одно значение/)
  }
  await expect(mark).toHaveValue('4')
  await mark.click()
  await page.keyboard.press('Home')
  await page.keyboard.press('2')
  await expect(mark).toHaveValue('2')
  await expect(roll).not.toContainText('Не записано')
  await expect
    .poll(() => held(school, 'select value, version from mark'))
    .toEqual([{ value: '2', version: 2 }])
})

test('the whole class is marked from the list of the day', async ({ as, school }) => {
  const page = await as('teacher')
  await page.goto('/')
  await expect(page.getByText('2 прошедших урока не записаны')).toBeVisible()
  await page.getByRole('button', { name: 'Все на месте: Физика, 7А' }).click()
  await expect(page.getByText('✓ посещаемость')).toBeVisible()
  expect(await held(school, 'select count(*)::int as n from attendance')).toEqual([{ n: 3 }])
})

test('a late lesson asks why once, and nothing typed is lost meanwhile', async ({ as, school }) => {
  const page = await as('teacher')
  await page.goto(lesson(ids.substituted))
  await topic(page).fill('Сила трения')
  await topic(page).blur()
  await expect(page.getByRole('dialog', { name: 'Почему запись вносится или меняется позже?' })).toBeVisible()
  await page.getByRole('button', { name: 'Не было связи' }).click()
  await expect(page.getByText('✓ Сохранено')).toBeVisible()
  await homework(page).fill('§ 7')
  await homework(page).blur()
  await expect
    .poll(() => held(school, 'select text, late from homework'))
    .toEqual([{ text: '§ 7', late: true }])
  expect(await held(school, 'select reason from late_entry')).toEqual([{ reason: 'Не было связи' }])
})

test('a topic typed without connection arrives when the page is opened again', async ({
  browserOf,
  school,
}) => {
  const context = await browserOf('teacher')
  const page = await context.newPage()
  await page.goto(lesson(ids.today))
  await expect(topic(page)).toBeFocused()
  await school.stop()
  await topic(page).fill('Без связи')
  await homework(page).focus()
  await expect(page.getByText('… Не отправлено: нет связи').first()).toBeVisible()
  await keptUnsent(page, 1)
  await page.close({ runBeforeUnload: false })
  await school.start()
  const again = await context.newPage()
  await again.goto(lesson(ids.today))
  await expect(topic(again)).toHaveValue('Без связи')
  await expect.poll(() => held(school, 'select topic from lesson_record')).toEqual([{ topic: 'Без связи' }])
})

test('of two screens of one lesson the second is shown both topics and chooses', async ({ as, school }) => {
  const [one, two] = [await as('teacher'), await as('teacher')]
  await one.goto(lesson(ids.today))
  await two.goto(lesson(ids.today))
  // Both have read the empty lesson before either writes.
  for (const page of [one, two]) await expect(topic(page)).toBeFocused()
  await topic(one).fill('Первая')
  await topic(one).blur()
  await expect(one.getByText('✓ Сохранено')).toBeVisible()
  await topic(two).fill('Вторая')
  await topic(two).blur()
  await expect(two.getByText('У вас: Вторая. В журнале: Первая.')).toBeVisible()
  await two.getByRole('button', { name: 'Оставить моё' }).click()
  await expect
    .poll(() => held(school, 'select topic, version from lesson_record'))
    .toEqual([{ topic: 'Вторая', version: 2 }])
})

test('a colleague says «I taught it» and fills that lesson', async ({ as, school }) => {
  const page = await as('stranger')
  await page.goto('/')
  await page.getByRole('button', { name: 'Урок вместо коллеги' }).click()
  await page.getByRole('button', { name: 'Этот урок за мной: Физика, 7А' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Физика, 7А' })).toBeVisible()
  await page.getByRole('button', { name: 'По плану: 1. Физика — наука о природе' }).click()
  await expect
    .poll(() => held(school, 'select taught_by from lesson_record'))
    .toEqual([{ taught_by: ids.stranger }])
})

test('a work is added, weighed and removed', async ({ as }) => {
  const page = await as('teacher')
  await page.goto(lesson(ids.today))
  await page.getByRole('button', { name: 'Добавить работу' }).click()
  const dialog = page.getByRole('dialog', { name: 'Новая работа' })
  await expect(dialog.getByLabel('Вес')).toHaveValue('3')
  await dialog.getByLabel('Название').fill('Сила')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  const head = page.getByRole('button', { name: 'Контрольная работа «Сила», вес 3: изменить' })
  await head.click()
  await page.getByRole('button', { name: 'Убрать работу' }).click()
  await expect(head).toHaveCount(0)
})

test('a club has no marks', async ({ as }) => {
  const page = await as('clubTeacher')
  await page.goto(lesson(ids.chessToday))
  await expect(page.getByRole('heading', { level: 2, name: 'Посещаемость' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Добавить работу' })).toHaveCount(0)
  await expect(homework(page)).toHaveCount(0)
})

test('control opens a lesson to read and names a substitute', async ({ as, school }) => {
  const page = await as('deputy')
  await page.goto(lesson(ids.today))
  await expect(page.getByText('Тема урока', { exact: true })).toBeVisible()
  await expect(topic(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Все на месте' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Записать замену' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Фамилия').fill('гром')
  await dialog.getByRole('radio', { name: /Громов Степан/ }).check()
  await dialog.getByRole('button', { name: 'Записать замену' }).click()
  await expect(page.getByText('Замена: ведёт Громов Степан Андреевич')).toBeVisible()
  expect(
    await held(school, `select substitute_id from substitution where lesson_id = '${ids.today}'`),
  ).toEqual([{ substitute_id: ids.stranger }])
})

test('the day, the lesson and the list of journals have no faults of access', async ({ as }) => {
  const page = await as('teacher')
  for (const path of ['/', lesson(ids.today), lesson(ids.substituted), '/journals']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: 'Загружается' })).toHaveCount(0)
    expect(await faultsOf(page), path).toEqual([])
  }
})

test('nothing is wider than a phone of 320 px', async ({ as }) => {
  const page = await as('teacher')
  await page.setViewportSize({ width: 320, height: 640 })
  for (const path of ['/', lesson(ids.today), '/journals']) {
    await page.goto(path)
    await expect(page.getByRole('status').filter({ hasText: 'Загружается' })).toHaveCount(0)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(320)
  }
})
