import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './school.ts'
import { sideways } from './sideways.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const faultsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze())
    .violations

test('the administrator asks, the director confirms and hands the first password out', async ({ as }) => {
  const [admin, director] = [await as('admin'), await as('director')]
  await admin.goto('/people')
  await admin.getByRole('searchbox').fill('осок')
  await admin.getByRole('link', { name: /^Осокина/ }).click()
  await button(admin, 'Попросить новый первый пароль').click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Попросить' }).click()
  await expect(admin.getByText('новый первый пароль.', { exact: true })).toBeVisible()
  await admin.getByRole('link', { name: 'Открыть подтверждения' }).click()
  await expect(admin.getByText('Подтверждает: Белозерская Ирина Вячеславовна.')).toBeVisible()
  await expect(button(admin, 'Подтвердить')).toHaveCount(0)

  await director.goto('/')
  await director.getByRole('link', { name: /Ждёт вашего решения: 1 запрос/ }).click()
  await expect(director.getByRole('heading', { name: /^Осокина/ })).toBeVisible()
  expect(await faultsOf(director)).toEqual([])
  await button(director, 'Подтвердить').click()
  expect(await faultsOf(director)).toEqual([])
  await director.getByRole('dialog').getByRole('button', { name: 'Подтвердить' }).click()
  const slip = director.getByRole('article', { name: /^Осокина/ })
  const first = (await slip.getByText(/^([a-z]+-){4}\d\d$/).textContent()) ?? ''
  await button(director, 'Готово, закрыть').click()
  await director.setViewportSize({ width: 390, height: 800 })
  expect(await sideways(director)).toEqual([])
  await director.setViewportSize({ width: 1366, height: 768 })
  await director.getByRole('link', { name: 'Кто выдавал доступ и роли' }).click()
  await director.getByRole('searchbox').fill('осокина')
  await expect(director.getByRole('row', { name: /выдан новый первый пароль/ })).toContainText(
    'Белозерская Ирина Вячеславовна, просит Ким Чжи Хун',
  )
  expect(await faultsOf(director)).toEqual([])

  const deputy = await as(null)
  await deputy.goto('/')
  await deputy.getByLabel('Логин').fill('deputy')
  await deputy.getByLabel('Пароль', { exact: true }).fill(first)
  await button(deputy, 'Войти').click()
  await expect(deputy.getByText(/выдан новый первый пароль — Белозерская Ирина Вячеславовна/)).toBeVisible()
  await expect(admin.getByText(first)).toHaveCount(0)
})

test('a deputy is made by two, and a refusal says why', async ({ as }) => {
  const [admin, director] = [await as('admin'), await as('director')]
  await admin.goto('/people/new')
  await admin.getByLabel('Фамилия', { exact: true }).fill('Лаптева')
  await admin.getByLabel('Имя', { exact: true }).fill('Вера')
  await admin.getByLabel('Роль', { exact: true }).selectOption('deputy')
  await button(admin, 'Добавить').click()
  await expect(admin.getByText('новые роли.', { exact: true })).toBeVisible()
  await director.goto('/approvals')
  await expect(director.getByText('заместитель директора с 12 ноября')).toBeVisible()
  await button(director, 'Отклонить').click()
  const dialog = director.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Отклонить' })).toBeDisabled()
  await dialog.getByLabel('Причина').fill('приказа нет')
  await dialog.getByRole('button', { name: 'Отклонить' }).click()
  await expect(director.getByText(/Причина: приказа нет/)).toBeVisible()
  await admin.goto('/approvals')
  await expect(admin.getByText(/отклонён: Белозерская.*Причина: приказа нет/)).toBeVisible()
})
