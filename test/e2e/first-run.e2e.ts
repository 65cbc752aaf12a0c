import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { createSetupLink } from '#modules/setup/index.ts'
import { expect, test } from './school.ts'

const PASSWORD = 'три весёлых журавля'
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const faultsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze())
    .violations

async function choosePassword(page: Page, current: string, next: string): Promise<void> {
  await field(page, 'Пароль, с которым вошли').fill(current)
  await field(page, 'Новый пароль').fill(next)
  await field(page, 'Новый пароль ещё раз').fill(next)
  await button(page, 'Сохранить пароль').click()
}

async function acceptRules(page: Page): Promise<void> {
  await page.getByLabel('Правила прочитаны').check()
  await button(page, 'Продолжить').click()
}

async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/')
  await field(page, 'Логин').fill(login)
  await field(page, 'Пароль').fill(password)
  await button(page, 'Войти').click()
}

test.describe('an empty installation', () => {
  test.use({ filling: 'empty' })

  test('from the link in the console to a teacher with an own password', async ({ as, school }) => {
    const page = await as(null)
    const token = await createSetupLink(school.database, school.clock.now)
    await page.goto(`/setup#${token}`)
    await field(page, 'Полное название').fill('Центр реабилитации и образования')
    await field(page, 'Короткое название').fill('Наш центр')
    await field(page, 'Фамилия').fill('Ким')
    await field(page, 'Имя').fill('Чжи Хун')
    await field(page, 'Логин').fill('kim.ch')
    await field(page, 'Пароль').fill(PASSWORD)
    await field(page, 'Пароль ещё раз').fill(PASSWORD)
    expect(await faultsOf(page)).toEqual([])
    await button(page, 'Создать и войти').click()
    await acceptRules(page)
    await expect(page.getByRole('link', { name: 'Наш центр' })).toBeVisible()

    await page.getByRole('link', { name: 'Люди' }).first().click()
    await page.getByRole('link', { name: 'Добавить человека' }).click()
    await field(page, 'Фамилия').fill('Лаптева')
    await field(page, 'Имя').fill('Вера')
    expect(await faultsOf(page)).toEqual([])
    await button(page, 'Добавить').click()
    await button(page, 'Выдать логин и первый пароль').click()
    await expect(page.getByText('Пароли видны только сейчас')).toBeVisible()
    expect(await faultsOf(page)).toEqual([])
    const slip = page.getByRole('article', { name: 'Лаптева Вера' })
    await expect(slip).toContainText('lapteva.v')
    const first = (await slip.getByText(/^[a-z]+-[a-z]+-[a-z]+-[a-z]+-\d\d$/).textContent()) ?? ''
    await button(page, 'Готово, закрыть').click()
    await expect(page.getByText('входа ещё не было')).toBeVisible()
    await expect(page.getByText(first)).toHaveCount(0)

    const teacher = await as(null)
    await enter(teacher, 'lapteva.v', first)
    await choosePassword(teacher, first, 'четыре тихих совы')
    await acceptRules(teacher)
    await expect(teacher.getByRole('link', { name: 'Журналы' }).first()).toBeVisible()
    await expect(teacher.getByRole('link', { name: 'Люди' })).toHaveCount(0)
  })

  test('a link that was used, or cut off, says what to do', async ({ as }) => {
    const page = await as(null)
    await page.goto('/setup')
    await expect(page.getByText('Откройте ссылку целиком')).toBeVisible()
    await page.goto('about:blank')
    await page.goto(`/setup#${'x'.repeat(43)}`)
    await expect(page.getByText('Перезапустите программу')).toBeVisible()
    expect(await faultsOf(page)).toEqual([])
  })
})

test('access that is closed ends the open page of its holder', async ({ as }) => {
  const [admin, teacher] = [await as('admin'), await as('teacher')]
  await teacher.goto('/journals')
  await expect(teacher.getByRole('heading', { level: 1 })).toBeVisible()
  await admin.goto('/people')
  await admin.getByRole('searchbox').fill('сарк')
  await admin.getByRole('link', { name: 'Саркисов Вадим Рубенович' }).click()
  await button(admin, 'Закрыть доступ').click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Закрыть доступ' }).click()
  await expect(admin.getByText('доступ закрыт', { exact: true })).toBeVisible()
  await teacher.goto('/account')
  await expect(button(teacher, 'Войти')).toBeVisible()
})

test('a class gets its slips on one printable page', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/access')
  await page.getByLabel('Выдать новый пароль и тем, кто ещё ни разу не входил').check()
  await button(page, 'Выдать воспитанникам класса 7А: 3').click()
  await expect(page.getByRole('article')).toHaveCount(3)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('article')).toHaveCount(3)
  await expect(button(page, 'Напечатать')).toBeHidden()
})

test('the deputy changes a rule, and the administrator finds the same page without a way to', async ({
  as,
}) => {
  const [deputy, admin] = [await as('deputy'), await as('admin')]
  await deputy.goto('/settings')
  await deputy.getByLabel('Сколько дней после урока').fill('2')
  await button(deputy, 'Сохранить').first().click()
  await expect(deputy.getByText('Настройки сохранены').first()).toBeVisible()
  expect(await faultsOf(deputy)).toEqual([])
  await admin.goto('/settings')
  await expect(admin.getByLabel('Сколько дней после урока')).toHaveValue('2')
  await expect(admin.getByLabel('Сколько дней после урока')).toBeDisabled()
  await expect(button(admin, 'Добавить вид работы')).toHaveCount(0)
  expect(await faultsOf(admin)).toEqual([])
})
