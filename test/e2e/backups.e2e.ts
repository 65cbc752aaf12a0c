import { AxeBuilder } from '@axe-core/playwright'
import type { Backup, BackupState } from '#contract/backups.ts'
import {
  type AuthorsReturn,
  type KnownLoss,
  type RestoreOutcome,
  RestoreOverview,
} from '#contract/restores.ts'
import { AWAY, FIRST_RUNNING, hearBackups, SAME_DISK, WELL } from './backup-states.ts'
import { look } from './letters.ts'
import { expect, test } from './school.ts'

test('the page says first up to which minute all is saved, then what each copy holds', async ({ as }) => {
  for (const who of ['admin', 'director'] as const) {
    const page = await as(who)
    await hearBackups(page, () => WELL)
    await page.goto('/settings')
    await page.getByRole('link', { name: /копии журнала/ }).click()
    const main = page.getByRole('main')
    await expect(main.getByRole('heading', { level: 1 })).toHaveText('Резервные копии')
    const bar = page.getByRole('navigation', { name: 'Разделы', exact: true })
    await expect(bar.locator('[aria-current]')).toHaveText(['Настройки'])
    await expect(main.getByRole('paragraph').first()).toHaveText('Всё сохранено до 12:41')
    const copies = main.getByRole('list').first().getByRole('listitem')
    await expect(copies).toHaveText([
      /^Сегодня, 03:40ещё не проверена.*3\s104 отметки, последний урок 11 ноября/,
      /^11 ноября, 03:40проверена48 воспитанников, 612 записанных уроков.*312\sМБ.*восстановлена и сверена 11 ноября.*к любой минуте до 12:41$/,
      /^10 ноября, 03:40проверена.*590 записанных уроков, 2\s870 отметок, последний урок 9 ноября.*вернуться можно к этой минуте$/,
    ])
    await expect(main.getByText('Следующая полная копия: 13 ноября, 03:40')).toBeVisible()
    // The director looks; the administrator looks after the server.
    const buttons = main.getByRole('button', { name: /Сделать копию|Выбрать другую/ })
    await expect(buttons).toHaveCount(who === 'admin' ? 2 : 0)
  }
})

test('every page says that one disk holds both, until a folder is chosen', async ({ as }) => {
  const page = await as('admin')
  let state: BackupState = SAME_DISK
  const sent: unknown[] = []
  await hearBackups(page, () => state)
  await page.route('**/api/backups/folder', (route) => {
    sent.push(route.request().postDataJSON())
    if (sent.length === 1)
      return route.fulfill({
        status: 409,
        json: { refusal: 'folder-on-same-disk', message: 'Второй диск не подключён.' },
      })
    state = { ...WELL, folder: '/mnt/kopii', alarms: [] }
    return route.fulfill({ json: {} })
  })
  await page.goto('/people')
  const line = page.getByRole('status').filter({ hasText: 'на том же диске' })
  await expect(line).toContainText('и ещё 1 замечание о копиях')
  await line.getByRole('link', { name: 'Что сделать' }).click()
  await expect(page.getByRole('main').getByRole('paragraph').first()).toHaveText(
    'Отказа диска журнал сейчас не переживёт',
  )
  await expect(line).toHaveCount(0)

  const field = page.getByLabel('Другая папка')
  await field.fill('/mnt/kopi')
  await page.getByRole('button', { name: 'Писать копии сюда' }).click()
  await expect(field).toHaveAccessibleDescription(/на том же диске, что и журнал или система/)
  await expect(field).toHaveValue('/mnt/kopi')
  await page.getByLabel('Второго диска нет: хранить копии на этом же').check()
  await field.fill('/mnt/kopii')
  await field.press('Enter')
  await expect(page.getByRole('heading', { name: 'Папка для копий' })).toBeVisible()
  await expect(page.getByText('Сейчас выбрана папка /mnt/kopii')).toBeVisible()
  await expect(field).toHaveCount(0)
  expect(sent).toEqual([{ folder: '/mnt/kopi' }, { folder: '/mnt/kopii', sameDisk: true }])
  await page.goto('/people')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Люди')
  await expect(line).toHaveCount(0)
})

test('a folder that is being typed is not lost to what somebody else does', async ({ as }) => {
  const page = await as('admin')
  let state: BackupState = { ...SAME_DISK, running: FIRST_RUNNING.running }
  await hearBackups(page, () => state)
  await page.goto('/backups')
  await page.getByLabel('Другая папка').fill('/mnt/moya')
  state = { ...WELL, folder: '/mnt/chuzhaya' }
  await expect(page.getByText('Сейчас выбрана папка /mnt/chuzhaya')).toBeVisible()
  await expect(page.getByLabel('Другая папка')).toHaveValue('/mnt/moya')
  await page.getByRole('button', { name: 'Оставить как есть' }).click()
  await expect(page.getByRole('button', { name: 'Выбрать другую папку' })).toBeVisible()
})

test('a copy that is begun shows how far it is and then stands in the list', async ({ as }) => {
  const page = await as('admin')
  const made = { ...WELL.backups[0], name: 'made', from: '2026-11-12T09:44:00Z' } as Backup
  let state: BackupState = WELL
  await hearBackups(page, () => state)
  await page.route('**/api/backups/copies', (route) => {
    state = { ...state, running: { since: '2026-11-12T09:42:00Z', percent: 7 } }
    return route.fulfill({ json: {} })
  })
  await page.goto('/backups')
  await page.getByRole('button', { name: 'Сделать копию сейчас' }).click()
  const progress = page.getByRole('progressbar', { name: 'Сколько копии сделано' })
  await expect(progress).toHaveAttribute('value', '7')
  await expect(page.getByRole('button', { name: 'Сделать копию сейчас' })).toHaveCount(0)
  state = { ...state, running: { since: '2026-11-12T09:42:00Z', percent: 64 } }
  await expect(progress).toHaveAttribute('value', '64')
  state = { ...WELL, backups: [...WELL.backups, made] }
  await expect(page.getByText('Новая копия уже в списке').first()).toBeVisible()
  await expect(progress).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Сегодня, 12:44' })).toBeVisible()
})

test('a copy that did not come about is told of, and may be tried again', async ({ as }) => {
  const page = await as('admin')
  let state: BackupState = { ...WELL, running: FIRST_RUNNING.running }
  await hearBackups(page, () => state)
  await page.goto('/backups')
  await expect(page.getByRole('progressbar')).toBeVisible()
  state = WELL
  await expect(page.getByRole('alert')).toContainText('Копия не получилась')
  await expect(page.getByRole('button', { name: 'Сделать копию сейчас' })).toBeVisible()
})

test('a folder that is away is not said to be empty or on the same disk', async ({ as }) => {
  const page = await as('admin')
  await hearBackups(page, () => AWAY)
  await page.goto('/people')
  await page.getByRole('status').filter({ hasText: 'Папка для копий не отвечает' }).getByRole('link').click()
  const main = page.getByRole('main')
  await expect(main.getByRole('paragraph').first()).toHaveText('Новое в копию сейчас не попадает')
  await expect(main).toContainText('новое, 48\u00a0МБ, ждёт на его диске')
  await expect(main).toContainText('Пока папка не отвечает, её копии не видны')
  await expect(main).not.toContainText('на том же диске')
  await expect(main.getByRole('button')).toHaveText(['Выбрать другую папку'])
})

test('a folder that does not answer leaves the way to another one', async ({ as }) => {
  const page = await as('admin')
  await page.route('**/api/backups', (route) =>
    route.fulfill({ status: 409, json: { refusal: 'backup-folder-silent', message: 'Папка молчит.' } }),
  )
  await page.goto('/backups')
  await expect(page.getByRole('heading', { name: 'О копиях узнать не получилось' })).toBeVisible()
  await expect(page.getByText('Папка с копиями не отвечает')).toBeVisible()
  await page.getByRole('button', { name: 'Выбрать другую папку' }).click()
  await expect(page.getByLabel('Другая папка')).toBeFocused()
})

test('with a database of somebody else the page says who copies it, and offers nothing', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: 'Резервные копии' }).click()
  await expect(page.getByRole('heading', { name: 'Эту базу данных программа не копирует' })).toBeVisible()
  await expect(page.getByText('docs/operations.md')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
})

test('going back to an earlier minute tells what goes and for how long, and asks for the word', async ({
  as,
}) => {
  const page = await as('admin')
  await hearBackups(page, () => WELL)
  const asked: unknown[] = []
  const asideOf = '/srv/zhuravl/postgres.set-aside-20261112T094200Z'
  let last: RestoreOutcome | null = null
  let lost: KnownLoss | null = null
  let givenBack: AuthorsReturn[] = []
  await page.route('**/api/backups/restore', (route) => {
    const restored = last && { at: last.at, until: last.until }
    if (route.request().method() === 'GET')
      return route.fulfill({
        json: RestoreOverview.parse({ possible: true, last, restored, lost, givenBack }),
      })
    asked.push(route.request().postDataJSON())
    last = { at: '2026-11-12T09:42:00Z', until: '2026-11-11T00:40:00Z', aside: asideOf, failure: null }
    const counts = { lessons: 14, marks: 231, attendance: 48, homework: 0, people: 1, others: 3 }
    const authors = [
      { name: 'Саркисов Вадим Рубенович', records: 280 },
      { name: null, records: 17 },
    ]
    lost = { ...counts, at: last.at, until: last.until ?? '', authors }
    return route.fulfill({ json: {} })
  })
  await page.route('**/api/backups/losses?*', (route) =>
    route.fulfill({
      json: { lessons: 14, marks: 231, attendance: 48, homework: 0, people: 1, others: 3, minutes: 4 },
    }),
  )
  let isBack = false
  await page.route('**/api/restore', (route) =>
    route.fulfill({ json: { running: isBack ? null : { percent: 43 } } }),
  )
  await page.goto('/backups')
  await page.getByRole('button', { name: 'Выбрать минуту' }).click()
  await page.getByRole('radio', { name: /^К копии: 11 ноября, 03:40/ }).check()
  await expect(
    page.getByText('Из журнала пропадёт внесённое и изменённое после 11 ноября, 03:40'),
  ).toBeVisible()
  await expect(page.getByText(/закрыт для всех примерно 4\s+минуты/)).toBeVisible()
  const gone = page.getByRole('status').filter({ hasText: 'пропадёт' }).getByRole('listitem')
  await expect(gone).toHaveText([
    /14\sзаписей уроков/,
    /231\sотметка/,
    /48\sзаписей о пропусках/,
    /1\sкарточка/,
    /3\sдругие/,
  ])
  const word = page.getByRole('textbox', { name: /^Наберите слово/ })
  await word.fill('да')
  await page.getByRole('button', { name: 'Восстановить', exact: true }).click()
  await expect(word).toHaveAccessibleDescription(/Слово набрано иначе/)
  expect(asked).toEqual([])
  const seen = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(seen.violations).toEqual([])

  // A minute that belongs to no copy alone.
  await page.getByRole('radio', { name: /^К другой минуте/ }).check()
  const choice = page.getByRole('group', { name: 'К какой минуте вернуть журнал' })
  await choice.getByRole('textbox', { name: /^День/ }).fill('11.11.2026')
  await choice.getByRole('textbox', { name: /^Время/ }).fill('9:05')
  await word.fill('Восстановить')
  await page.getByRole('button', { name: 'Восстановить', exact: true }).click()
  await expect(page.getByRole('heading', { name: /Идёт восстановление: 43\s%/ })).toBeFocused()
  expect(asked).toEqual([{ to: '2026-11-11T06:05:00.000Z', word: 'Восстановить', words: null }])
  isBack = true
  await expect(page.getByText(asideOf)).toBeVisible()
  await expect(
    page.getByText(/с 11 ноября, 03:40 до 12 ноября, 12:42: 14.записей уроков, 231.отметка/),
  ).toBeVisible()
  const authors = page.getByRole('list', { name: 'Чьё это было' }).getByRole('listitem')
  await expect(authors).toHaveText([/^Саркисов Вадим Рубенович: 280.записей$/, /ещё нет: 17.записей$/])
  await expect(page.getByText('Пока никто из учителей не внёс своих записей заново')).toBeVisible()
  givenBack = [
    { name: 'Саркисов Вадим Рубенович', entered: 212, putAside: 3 },
    { name: 'Ли Ин', entered: 0, putAside: 1 },
  ]
  await page.reload()
  await expect(page.getByRole('list', { name: 'Что вернули авторы' }).getByRole('listitem')).toHaveText([
    /^Саркисов Вадим Рубенович: внесено заново 212.записей, решено не вносить 3.записи$/,
    /^Ли Ин: решено не вносить 1.запись$/,
  ])
})

test('of a restore by the command the page says to which minute it was, and that nobody could count', async ({
  as,
}) => {
  const restored: { at: string; until: string | null } = { at: '2026-11-12T06:10:00Z', until: null }
  const overview = { possible: true, last: null, restored, lost: null, givenBack: [] }
  for (const who of ['admin', 'director'] as const) {
    const page = await as(who)
    await hearBackups(page, () => WELL)
    await page.route('**/api/backups/restore', (route) =>
      route.fulfill({ json: RestoreOverview.parse(overview) }),
    )
    restored.until = '2026-11-12T05:58:00Z'
    await page.goto('/backups')
    const main = page.getByRole('main')
    await expect(main).toContainText('12 ноября, 09:10 журнал возвращён к минуте 12 ноября, 08:58.')
    await expect(main.getByRole('heading', { name: 'Что потеряно' })).toBeVisible()
    await expect(main).toContainText('Сколько его было, неизвестно')
    await expect(main).toContainText('учителю их предложат внести заново')
    for (const width of process.env.LOOK ? [390, 1366] : [])
      await look(page, { width, letters: 100 }).then(() =>
        page.screenshot({ path: `/tmp/sturdy-restored-${who}-${width}.png`, fullPage: true }),
      )
    restored.until = null
    await page.reload()
    await expect(main).toContainText('журнал возвращён к последней минуте, которая есть в копии')
  }
})

test('what waits for room says how much to free, and a copy that is asked for is refused in words', async ({
  as,
}) => {
  const page = await as('admin')
  let state: BackupState = {
    ...WELL,
    lacking: { copy: 118, proof: 2_240 },
    alarms: ['copy-no-room', 'proof-no-room', 'same-disk'],
  }
  await hearBackups(page, () => state)
  const message = 'Копия не начата: для неё не хватает места.'
  await page.route('**/api/backups/copies', (route) =>
    route.fulfill({ status: 409, json: { refusal: 'backup-no-room', message } }),
  )
  await page.goto('/backups')
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Для новой копии не хватает места' })).toBeVisible()
  await expect(main).toContainText(/Освободите хотя бы 118.МБ на диске журнала или выберите для копий другой/)
  await expect(main).toContainText(/Освободите хотя бы 2240.МБ на диске журнала: проверка начнётся сама/)
  await expect(main).not.toContainText('Следующая полная копия')
  await page.getByRole('button', { name: 'Сделать копию сейчас' }).click()
  await expect(page.getByText(/^Копия не начата: для неё не хватает места, а последнее/)).toBeVisible()
  for (const width of process.env.LOOK ? [390, 1366] : [])
    await look(page, { width, letters: 100 }).then(() =>
      page.screenshot({ path: `/tmp/sturdy-room-${width}.png`, fullPage: true }),
    )
  state = { ...state, lacking: { copy: 118, proof: null }, alarms: ['copy-no-room'] }
  await page.reload()
  await expect(main).toContainText(/Освободите хотя бы 118.МБ в папке или выберите другую, побольше/)
  await expect(main).toContainText('Всё сохранено до 12:41, но для новой полной копии нет места')
})
