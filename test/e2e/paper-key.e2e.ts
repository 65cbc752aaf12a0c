import type { Locator, Page } from '@playwright/test'
import type { BackupState } from '#contract/backups.ts'
import { hearBackups, SAME_DISK, WELL } from './backup-states.ts'
import { bare, printed } from './paper.ts'
import { readPicture } from './picture.ts'
import { expect, test } from './school.ts'

const WORDS = 'абажур офорт патент оттиск копна загар вышивка дубль слойка лошадка нотариус ящерица'.split(
  ' ',
)
const IDENTITY = 'AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWQ9XQ7'
const NO_KEY: BackupState = { ...WELL, paperKeyProvenAt: null, alarms: ['no-paper-key'] }

/** Answers for the key as the server would; what was typed back is in `typed`. */
async function hearKey(page: Page, first: BackupState) {
  const heard = { state: first, typed: [] as string[], made: 0 }
  await hearBackups(page, () => heard.state)
  await page.route('**/api/backups/paper-key', (route) => {
    if (route.request().method() === 'POST') {
      heard.made += 1
      return route.fulfill({ json: { words: WORDS, identity: IDENTITY } })
    }
    const { words } = route.request().postDataJSON() as { words: string }
    heard.typed.push(words)
    const message = 'Слово 3: «потент» в ключах не встречается.'
    if (heard.typed.length === 1)
      return route.fulfill({
        status: 409,
        json: { refusal: 'paper-word-unknown', message: '', faults: [{ path: 'words', message }] },
      })
    heard.state = { ...heard.state, paperKeyProvenAt: '2026-11-12T09:00:00Z', alarms: [] }
    return route.fulfill({ json: { mended: [{ at: 2, typed: 'афорт', taken: 'офорт' }] } })
  })
  return heard
}

/** Every way the picture is looked at by, and the text a camera reads in it each time. */
async function isReadEverywhere(page: Page, picture: Locator, text: string): Promise<void> {
  const ways = [
    { width: 1366 },
    { width: 390 },
    { width: 390, colorScheme: 'dark' },
    { width: 1366, contrast: 'more' },
    { width: 1366, colorScheme: 'dark', forcedColors: 'active' },
    // The width of A4 in points of a screen.
    { width: 794, media: 'print' },
  ] as const
  for (const { width, ...way } of ways) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia(way)
    expect(await readPicture(picture), JSON.stringify({ width, ...way })).toEqual({ text, faults: [] })
    await page.emulateMedia({ media: null, colorScheme: null, contrast: null, forcedColors: null })
  }
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('a key is made, printed alone, hidden, typed back from the paper and stands as proved', async ({
  as,
}) => {
  const page = await as('admin')
  const heard = await hearKey(page, NO_KEY)
  await page.goto('/backups')
  const main = page.getByRole('main')
  await expect(main.getByText('ключа нет')).toBeVisible()
  await main.getByRole('button', { name: 'Сделать ключ' }).click()

  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Ключ на бумаге')
  await expect(main.getByRole('heading', { level: 1 })).toBeFocused()
  const words = main.getByRole('list', { name: 'Слова ключа' })
  await expect(words.getByRole('listitem')).toHaveText(WORDS)
  await isReadEverywhere(page, main.getByRole('img', { name: 'Тот же ключ картинкой' }), IDENTITY)
  const { pages, outside } = await printed(page)
  expect(outside).toEqual([])
  expect(pages).toHaveLength(1)
  const text = pages[0] ?? ''
  for (const said of [
    'Ключ от резервных копий журнала',
    '12 ноября 2026',
    'Храните лист не в серверной',
    '«Восстановить из копии»',
    'Папка с копиями, когда печатался лист: /mnt/kopii/zhuravl',
    ...WORDS,
  ])
    expect(text).toContain(bare(said))
  for (const unsaid of ['Шаг 1', 'видны только сейчас', 'Напечатать', 'подпись'])
    expect(text).not.toContain(bare(unsaid))

  await main.getByRole('button', { name: 'Слова на бумаге, дальше' }).click()
  const field = main.getByLabel('Двенадцать слов с бумаги')
  await expect(field).toBeFocused()
  await expect(words).toBeHidden()
  // Until they are typed back, whoever leaves hears that the key opens nothing.
  await page.getByRole('link', { name: 'Люди' }).first().click()
  const question = page.getByRole('dialog', { name: 'Уйти без сохранения?' })
  await expect(question).toContainText('он ничего не открывает')
  await question.getByRole('button', { name: 'Остаться' }).click()

  await field.fill('абажур афорт потент')
  await main.getByRole('button', { name: 'Проверить', exact: true }).click()
  await expect(field).toHaveAccessibleDescription(/Слово 3: «потент» в ключах не встречается/)
  await expect(field).toHaveValue('абажур афорт потент')
  await expect(field).toBeFocused()
  await field.fill(WORDS.join(' ').replace('офорт', 'афорт'))
  await main.getByRole('button', { name: 'Проверить', exact: true }).click()
  await expect(page.getByText('Слово 2: набрано «афорт», прочитано как «офорт».').first()).toBeVisible()
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Резервные копии')
  await expect(main.getByText('Слова последний раз набраны с листа 12 ноября 2026')).toBeVisible()
  expect(heard.typed).toEqual(['абажур афорт потент', WORDS.join(' ').replace('офорт', 'афорт')])
  await expect(page.getByText(WORDS[0] ?? '', { exact: true })).toHaveCount(0)
  // Nothing is left that would hold whoever leaves now.
  await page.getByRole('link', { name: 'Люди' }).first().click()
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Люди')
})

test('a key that stands is only asked for again; another one is made after a word about the old paper', async ({
  as,
}) => {
  const page = await as('admin')
  const heard = await hearKey(page, {
    ...WELL,
    paperKeyProvenAt: '2026-08-01T09:00:00Z',
    alarms: ['paper-key-due'],
  })
  await page.goto('/backups')
  const main = page.getByRole('main')
  await expect(main.getByText('пора проверить', { exact: true })).toBeVisible()
  await main.getByRole('button', { name: 'Проверить ещё раз' }).click()
  const field = main.getByLabel('Двенадцать слов с бумаги')
  await expect(field).toBeFocused()
  await main.getByRole('button', { name: 'Не сейчас' }).click()
  await expect(main.getByRole('button', { name: 'Проверить ещё раз' })).toBeFocused()

  await main.getByRole('button', { name: 'Сделать новый ключ' }).click()
  const dialog = page.getByRole('dialog', { name: 'Сделать новый ключ?' })
  await expect(dialog).toContainText('Прежний лист сохраните')
  expect(heard.made).toBe(0)
  await dialog.getByRole('button', { name: 'Сделать новый ключ' }).click()
  await expect(main.getByRole('list', { name: 'Слова ключа' })).toBeVisible()
  await main.getByRole('button', { name: 'Не делать ключ' }).click()
  const leaving = page.getByRole('dialog', { name: 'Уйти без проверки?' })
  await expect(leaving).toContainText('этот ключ ничего не открывает')
  await leaving.getByRole('button', { name: 'Уйти без ключа' }).click()
  await expect(main.getByRole('button', { name: 'Проверить ещё раз' })).toBeVisible()
  expect(heard.typed).toEqual([])
})

test('the director reads about the key and makes none', async ({ as }) => {
  const page = await as('director')
  await hearBackups(page, () => SAME_DISK)
  await page.goto('/backups')
  await expect(page.getByText('Ключ делает и проверяет системный администратор')).toBeVisible()
  await expect(page.getByRole('button', { name: /ключ|Проверить ещё раз/ })).toHaveCount(0)
})
