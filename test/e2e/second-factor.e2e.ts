import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { RecoveryCodes, SecondFactorDraft } from '#contract/second-factor.ts'
import { hashPassword } from '#platform/passwords.ts'
import { totpCode } from '#platform/totp.ts'
import { faultsOfLook, type Look, look } from './letters.ts'
import { readPicture } from './picture.ts'
import { expect, type School, test } from './school.ts'
import { sideways } from './sideways.ts'

test.describe.configure({ timeout: 120_000 })

const NARROW: Look[] = [
  { width: 390, letters: 200 },
  { width: 320, letters: 100 },
]
const PASSWORD = 'три весёлых журавля'
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const faultsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze())
    .violations
const later = ({ clock }: School, seconds: number) => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000)
}

async function givePassword({ database }: School, login: string): Promise<void> {
  const hash = await hashPassword(PASSWORD)
  await database.owner.query('update account set password_hash = $2 where login = $1', [login, hash])
}

async function secretOn(page: Page): Promise<string> {
  const shown = page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  return ((await shown.textContent()) ?? '').replaceAll(' ', '')
}

/** On a narrow and on a wide screen, with big letters too: nothing aside, nothing a screen reader would stumble over. */
async function isWhole(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await sideways(page)).toEqual([])
  for (const narrow of NARROW) {
    await look(page, narrow)
    expect(await page.evaluate(faultsOfLook), JSON.stringify(narrow)).toEqual([])
  }
  await look(page, { width: 1366, letters: 100 })
}

/** What an app on the phone keeps after it has looked at the picture. */
async function secretOfPicture(page: Page): Promise<string> {
  const { text, faults } = await readPicture(
    page.getByRole('img', { name: 'Картинка для приложения с кодами' }),
  )
  expect(faults).toEqual([])
  const { protocol, host, searchParams } = new URL(text)
  expect([protocol, host]).toEqual(['otpauth:', 'totp'])
  return searchParams.get('secret') ?? ''
}

async function signInFrom(page: Page, login: string): Promise<void> {
  await page.goto('/account')
  await page.getByLabel('Логин').fill(login)
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await button(page, 'Войти').click()
}

/** Turns it on past the screens. */
async function setUp(page: Page, { clock }: School): Promise<{ secret: string; codes: string[] }> {
  const path = '/api/session/second-factor'
  const { secret, draft } = (await (await page.request.get(`${path}/draft`)).json()) as SecondFactorDraft
  const answer = await page.request.put(path, {
    data: { draft, code: totpCode(secret, clock.now) },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  return { secret, codes: ((await answer.json()) as RecoveryCodes).codes }
}

test('a teacher turns it on with an app and keeps ten codes', async ({ as, school }) => {
  const page = await as('teacher')
  await page.goto('/account')
  await button(page, 'Включить второй фактор').click()
  const secret = await secretOfPicture(page)
  expect(secret).toBe(await secretOn(page))
  await isWhole(page)
  for (const narrow of NARROW) {
    await look(page, narrow)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await secretOfPicture(page), JSON.stringify(narrow)).toBe(secret)
  }
  await look(page, { width: 1366, letters: 100 })
  const code = page.getByLabel('Код из приложения')
  await code.fill('000 000')
  await button(page, 'Включить').click()
  await expect(page.getByText('Код не подходит', { exact: false })).toBeVisible()
  await code.fill(totpCode(secret, school.clock.now))
  await button(page, 'Включить').click()
  const codes = page.getByRole('list', { name: /Резервные коды/ }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  await isWhole(page)
  await expect(button(page, 'Готово')).toBeDisabled()
  await page.getByLabel('Коды сохранены в надёжном месте').check()
  await button(page, 'Готово').click()
  await expect(page.getByText('Неиспользованных резервных кодов: 10 кодов.')).toBeVisible()
})

test('signing in asks for the code, or a recovery code when the phone is not there', async ({
  as,
  school,
}) => {
  await givePassword(school, 'teacher')
  const { secret, codes } = await setUp(await as('teacher'), school)
  const page = await as(null)
  await signInFrom(page, 'teacher')
  const asked = page.getByLabel('Код из приложения')
  await expect(asked).toBeFocused()
  expect(await asked.getAttribute('autocomplete')).toBe('one-time-code')
  expect(await asked.getAttribute('inputmode')).toBe('numeric')
  await isWhole(page)
  await asked.fill(totpCode(secret, school.clock.now))
  await button(page, 'Войти').click()
  await expect(page.getByText(/уже использован/)).toBeVisible()
  later(school, 30)
  // As it comes from a clipboard.
  await asked.fill(` ${totpCode(secret, school.clock.now).replace(/(...)/, '$1 ')} `)
  await button(page, 'Войти').click()
  await expect(page.getByRole('heading', { name: 'Мой вход' })).toBeVisible()

  const third = await as(null)
  await signInFrom(third, 'teacher')
  await button(third, 'Телефона нет под рукой').click()
  await third.getByLabel('Резервный код').fill(codes[0] ?? '')
  await button(third, 'Войти').click()
  await expect(third.getByText('Неиспользованных резервных кодов: 9 кодов.')).toBeVisible()
})

test('it is turned off with a code; a right is given after one, and nothing typed is lost', async ({
  as,
  school,
}) => {
  const page = await as('admin')
  const { secret, codes } = await setUp(page, school)
  later(school, 400)
  await page.goto('/people/new')
  await page.getByLabel('Фамилия', { exact: true }).fill('Лаптева')
  await page.getByLabel('Имя', { exact: true }).fill('Вера')
  await page.getByLabel('Роль', { exact: true }).selectOption('carer')
  await button(page, 'Добавить').click()
  const dialog = page.getByRole('dialog', { name: 'Подтвердите, что это вы' })
  await dialog.getByRole('button', { name: 'Отменить' }).click()
  await expect(page.getByText(/подтвердите кодом из приложения/)).toBeVisible()
  await expect(page.getByLabel('Фамилия', { exact: true })).toHaveValue('Лаптева')
  await button(page, 'Добавить').click()
  await expect(dialog.getByLabel('Код из приложения')).toBeFocused()
  await dialog.getByLabel('Код из приложения').fill(totpCode(secret, school.clock.now))
  await isWhole(page)
  await dialog.getByRole('button', { name: 'Подтвердить' }).click()
  await expect(page.getByRole('heading', { name: 'Лаптева Вера' })).toBeVisible()

  await page.goto('/account')
  await button(page, 'Выключить').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Телефона нет под рукой' }).click()
  await page.getByLabel('Резервный код').fill(codes[1] ?? '')
  await page.getByRole('dialog').getByRole('button', { name: 'Выключить' }).click()
  await expect(button(page, 'Включить второй фактор')).toBeVisible()
})

test('the director requires it; who is late finds only its setting up, and the journal behind it', async ({
  as,
  school,
}) => {
  const director = await as('director')
  await director.goto('/settings')
  await director.getByLabel('учитель', { exact: true }).check()
  const card = director
    .getByRole('form', { name: 'Второй фактор' })
    .or(director.locator('form', { has: director.getByLabel('Сколько дней даётся') }))
  await card.getByRole('button', { name: 'Сохранить' }).click()
  await expect(director.getByText('Настройки сохранены').first()).toBeVisible()
  const page = await as('teacher')
  await page.goto('/')
  await expect(page.getByText(/Не позже 26 ноября 2026.* включите второй фактор/)).toBeVisible()
  later(school, 15 * 86_400)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Включите второй фактор' })).toBeVisible()
  const secret = await secretOn(page)
  await isWhole(page)
  await page.getByLabel('Код из приложения').fill(totpCode(secret, school.clock.now))
  await button(page, 'Включить').click()
  await page.getByLabel('Коды сохранены в надёжном месте').check()
  await button(page, 'Готово').click()
  await expect(page.getByRole('link', { name: 'Журналы' }).first()).toBeVisible()
})
