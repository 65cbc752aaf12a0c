import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { createSetupLink } from '#modules/setup/index.ts'
import { newKey } from '#platform/backup/seal.ts'
import { systemClock } from '#platform/clock.ts'
import { serve } from '#server/main.ts'
import { craftCopies } from '#test/crafted-copies.ts'
import { ADMIN, lostSchool, machineIn } from '#test/lost-school.ts'
import { PASSWORD } from '#test/sign-in.ts'
import { mortalFolder, scratch } from '#test/temporary-cluster.ts'

/** An empty installation as `npm start` serves it: where it is, and its one-time link. */
const test = base.extend<{ empty: { address: string; link: string } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  empty: async ({}, use) => {
    const running = await serve(machineIn(mortalFolder(scratch())), { backups: true, durableOnly: false })
    const token = await createSetupLink(running.storage.database, systemClock())
    await use({ address: running.address, link: `${running.address}/setup#${token}` })
    await running.stop()
  },
})

const field = (page: Page, label: string) => page.getByRole('textbox', { name: new RegExp(`^${label}`) })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const faultsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze())
    .violations

test('the first page of an empty installation brings a lost school back from its folder and its paper', async ({
  page,
  empty,
}) => {
  // The whole way of a lost school, on a machine that may have other things to do.
  test.setTimeout(600_000)
  const folder = mortalFolder(scratch())
  const words = await lostSchool(folder)
  const holds = { students: 7, lessons: 140, marks: 312, lastLessonOn: '2026-11-27' }
  const { recipient } = await newKey()
  await craftCopies(folder, { installation: '0badcafe', recipient, at: [new Date()], holds })
  await page.goto(empty.link)
  await button(page, 'Восстановить из копии').click()
  await field(page, 'Папка с копиями').fill(join(folder, 'absent'))
  await field(page, 'Двенадцать слов с бумаги').fill(words)
  await button(page, 'Найти копии').click()
  await expect(field(page, 'Папка с копиями')).toHaveAccessibleDescription(
    /Такой папки на этом компьютере нет/,
  )
  expect(await faultsOf(page)).toEqual([])
  await field(page, 'Папка с копиями').fill(folder)
  await button(page, 'Найти копии').click()

  // Another school keeps its copies in the same folder; what was typed stands.
  const whose = page.getByRole('group', { name: 'Какой журнал вернуть' })
  await expect(whose.getByRole('radio')).toHaveCount(2)
  expect(await faultsOf(page)).toEqual([])
  await whose.getByRole('radio', { name: /7 воспитанников/ }).check()
  await button(page, 'Найти копии').click()
  await expect(field(page, 'Двенадцать слов с бумаги')).toHaveAccessibleDescription(/другой ключ/)
  await expect(field(page, 'Двенадцать слов с бумаги')).toHaveValue(words)
  for (const width of process.env.LOOK ? [390, 1366] : []) {
    await page.setViewportSize({ width, height: 768 })
    await page.screenshot({ path: `/tmp/sturdy-whose-${width}.png`, fullPage: true })
  }
  await whose.getByRole('radio', { name: /3 воспитанника/ }).check()
  await button(page, 'Найти копии').click()

  await expect(page.getByRole('radio', { name: /^К последней записи: / })).toBeChecked()
  await expect(page.getByRole('radio', { name: /^К копии: .*3 воспитанника/ })).toHaveCount(1)
  await expect(page.getByText(/^Этот ключ не открывает 1 копию: /)).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await button(page, 'Восстановить журнал').click()
  await expect(page.getByRole('heading', { name: /Идёт восстановление: \d+\s%/ })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])

  await page.getByLabel('Логин').fill(ADMIN.login, { timeout: 180_000 })
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await button(page, 'Войти').click()
  await expect(page.getByRole('link', { name: 'Люди' }).first()).toBeVisible()
  await page.goto(empty.link)
  await expect(page.getByText('Ссылка уже использована')).toBeVisible()
})
