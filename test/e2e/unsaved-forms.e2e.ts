import type { Locator, Page } from '@playwright/test'
import { hashPassword } from '#platform/passwords.ts'
import { PASSWORD } from '../sign-in.ts'
import { ids, type Who } from '../small-school.ts'
import { expect, type School, test } from './school.ts'

const TYPED = 'Гроза'
/** Somebody without a login. */
const NEWCOMER = '00000000-0000-4000-8000-000000000999'

/** A form in the page: where it is, and the field that is typed into. */
type PageForm = { name: string; who: Who; address: string; field: (page: Page) => Locator; value?: string }

const pageForms: PageForm[] = [
  {
    name: 'a person’s particulars',
    who: 'admin',
    address: `/people/${ids.boris}`,
    field: (page) => page.getByLabel('Фамилия'),
  },
  {
    name: 'a new person',
    who: 'admin',
    address: '/people/new',
    field: (page) => page.getByLabel('Фамилия'),
  },
  {
    name: 'a login to be issued',
    who: 'admin',
    address: `/people/${NEWCOMER}`,
    field: (page) => page.getByRole('textbox', { name: 'Логин' }),
    value: 'groza.b',
  },
  {
    name: 'rules of the journal',
    who: 'deputy',
    address: '/settings',
    field: (page) => page.getByLabel('Сколько дней после отъезда семья видит дневник'),
    value: '77',
  },
  {
    name: 'names of the organisation',
    who: 'admin',
    address: '/settings',
    field: (page) => page.getByLabel('Короткое название'),
  },
]

/** A dialog with something to type, opened on the page at the address. */
type DialogForm = {
  name: string
  who: Who
  address: string
  open: (page: Page) => Promise<unknown>
  field: (dialog: Locator) => Locator
  value?: string
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const dialogForms: DialogForm[] = [
  {
    name: 'a work type',
    who: 'deputy',
    address: '/settings',
    open: button('Добавить вид работы'),
    field: (dialog) => dialog.getByLabel('Название'),
  },
  {
    name: 'a sign of attendance',
    who: 'deputy',
    address: '/settings',
    open: button('Добавить обозначение'),
    field: (dialog) => dialog.getByLabel('Что значит'),
  },
  {
    name: 'lessons opened again',
    who: 'deputy',
    address: '/entry-windows',
    open: button('Открыть уроки'),
    field: (dialog) => dialog.getByLabel('Причина'),
  },
  {
    name: 'a column of works',
    who: 'teacher',
    address: `/lessons/${ids.today}`,
    open: button(/работ/i),
    field: (dialog) => dialog.getByLabel('Название'),
  },
  {
    name: 'who teaches instead',
    who: 'deputy',
    address: `/lessons/${ids.today}`,
    open: button(/замен/i),
    field: (dialog) => dialog.getByLabel('Причина'),
  },
]

const phone = (page: Page) => page.getByRole('textbox', { name: /^Телефон/ })

/** Whether the browser would ask before it closes or reloads the page. */
const asksBeforeUnload = (page: Page) =>
  page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))

const question = (page: Page) => page.getByRole('dialog', { name: 'Уйти без сохранения?' })

for (const { name, who, address, field, value = TYPED } of pageForms) {
  test(`what is typed is not lost without a word: ${name}`, async ({ as, school }) => {
    await addNewcomer(school)
    const page = await as(who)
    await page.goto(address)
    await expect(field(page)).toBeVisible()
    expect(await asksBeforeUnload(page)).toBe(false)
    await field(page).fill(value)
    // A link, and back again.
    await page.getByRole('banner').getByRole('link').first().click()
    await expect(question(page)).toContainText('Не сохранено')
    await question(page).getByRole('button', { name: 'Остаться' }).click()
    await expect(question(page)).toBeHidden()
    await expect(field(page)).toHaveValue(value)
    // The cross of the tab and the reload.
    expect(await asksBeforeUnload(page)).toBe(true)
    // Signing out.
    await page.locator('summary[aria-label^="Вы вошли как"]').click()
    await page.getByRole('button', { name: 'Выйти' }).click()
    const leaving = page.getByRole('dialog', { name: 'Выйти без сохранения?' })
    await leaving.getByRole('button', { name: 'Остаться' }).click()
    await expect(field(page)).toHaveValue(value)
    // Given up on purpose.
    await page.getByRole('banner').getByRole('link').first().click()
    await question(page).getByRole('button', { name: 'Не сохранять' }).click()
    await expect(field(page)).toHaveCount(0)
  })
}

for (const { name, who, address, open, field, value = TYPED } of dialogForms) {
  test(`a dialog with something typed does not close without a word: ${name}`, async ({ as }) => {
    const page = await as(who)
    await page.goto(address)
    await open(page)
    const dialog = page.getByRole('dialog')
    await field(dialog).fill(value)
    await page.keyboard.press('Escape')
    await expect(dialog.getByRole('alert')).toContainText('не сохранено и пропадёт')
    await expect(dialog.getByRole('button', { name: 'Вернуться' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(field(dialog)).toHaveValue(value)
    await dialog.getByRole('button', { name: 'Закрыть', exact: true }).click()
    await dialog.getByRole('button', { name: 'Закрыть без сохранения' }).click()
    await expect(dialog).toBeHidden()
  })
}

test('an untouched dialog and an untouched form let go at once', async ({ as }) => {
  const page = await as('deputy')
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Добавить вид работы' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Название').fill('Зачёт')
  await dialog.getByLabel('Название').fill('')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.getByRole('banner').getByRole('link').first().click()
  await expect(page).not.toHaveURL(/settings/)
})

test('the way back asks, and what is saved from the question goes there', async ({ as, school }) => {
  const page = await as('admin')
  await page.goto('/people')
  await page.getByRole('link', { name: /^Саркисов/ }).click()
  await phone(page).fill('+7 900 111-22-33')
  await page.goBack()
  await question(page).getByRole('button', { name: 'Сохранить' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Люди' })).toBeVisible()
  expect(await phoneOf(school, ids.teacher)).toBe('79001112233')
  // Nothing is held any more.
  await page.getByRole('banner').getByRole('link').first().click()
  await expect(question(page)).toBeHidden()
})

test('what cannot be saved from the question stays where it is typed', async ({ as }) => {
  const page = await as('admin')
  await page.goto(`/people/${ids.boris}`)
  await page.getByLabel('Фамилия').fill('')
  await page.getByRole('banner').getByRole('link').first().click()
  await question(page).getByRole('button', { name: 'Сохранить' }).click()
  await expect(question(page)).toBeHidden()
  await expect(page).toHaveURL(new RegExp(ids.boris))
  await page.getByLabel('Фамилия').fill('Снегирёв')
  await page.getByRole('button', { name: 'Сохранить сведения' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Снегирёв/ })).toBeVisible()
})

test('what somebody else changed meanwhile comes along, and one’s own stays', async ({ as, school }) => {
  const page = await as('admin')
  await page.goto(`/people/${ids.boris}`)
  await page.getByLabel('Электронная почта').fill('boris@example.org')
  await changeElsewhere(school, ids.boris, 'phone', '+79005556677')
  await page.getByRole('button', { name: 'Сохранить сведения' }).click()
  await expect(page.getByText('Пока вы вводили, это изменили в другом месте')).toBeVisible()
  await expect(page.getByText('Телефон — +7 900 555-66-77')).toBeVisible()
  await expect(page.getByLabel('Электронная почта')).toHaveValue('boris@example.org')
  await page.getByRole('button', { name: 'Сохранить сведения' }).click()
  await expect(page.getByText('Пока вы вводили, это изменили в другом месте')).toBeHidden()
  await expect(phone(page)).toHaveValue('+7 900 555-66-77')
  expect(await phoneOf(school, ids.boris)).toBe('79005556677')
  expect(await columnOf(school, ids.boris, 'email')).toBe('boris@example.org')
})

test('saving the roles leaves what is typed into the particulars beside them', async ({ as, school }) => {
  const page = await as('admin')
  await page.goto(`/people/${ids.specialist}`)
  await phone(page).fill('+7 900 111-22-33')
  await page.getByRole('button', { name: 'Добавить роль' }).click()
  await page.getByRole('group', { name: 'Роль 2' }).getByLabel('Роль').selectOption('carer')
  // Held back: the particulars are saved while the page still shows the person as before the roles were saved.
  const refused = page.waitForResponse((response) => response.status() === 409)
  await page.route(`**/api/people/${ids.specialist}`, async (route) => {
    if (route.request().method() === 'GET') await refused
    await route.fallback()
  })
  await page.getByRole('button', { name: 'Сохранить роли' }).click()
  await expect(page.getByText('Роли сохранены').first()).toBeVisible()
  await expect(phone(page)).toHaveValue('+7 900 111-22-33')
  await page.getByRole('button', { name: 'Сохранить сведения' }).click()
  await expect.poll(() => phoneOf(school, ids.specialist)).toBe('79001112233')
  await expect(page.getByText('Сведения сохранены').first()).toBeVisible()
})

test('rules are saved when only the name of the school was changed elsewhere meanwhile', async ({
  as,
  school,
}) => {
  const page = await as('director')
  await page.goto('/settings')
  await page.getByLabel('Сколько дней после отъезда семья видит дневник').fill('77')
  await school.database.owner.query(
    `update organization set short_name = 'Журавлик', version = version + 1
     where id = $1 and set_config('app.reason', 'другой', false) is not null`,
    [ids.school],
  )
  await page.getByRole('button', { name: 'Сохранить' }).first().click()
  await expect(page.getByText('Настройки сохранены').first()).toBeVisible()
  const { rows } = await school.database.owner.query(
    'select short_name, family_access_days from organization where id = $1',
    [ids.school],
  )
  expect(rows).toEqual([{ short_name: 'Журавлик', family_access_days: 77 }])
})

test('roles that were changed and not saved are asked about', async ({ as }) => {
  const page = await as('admin')
  await page.goto(`/people/${ids.specialist}`)
  await page.getByRole('button', { name: 'Добавить роль' }).click()
  await page.getByRole('banner').getByRole('link').first().click()
  await expect(question(page)).toContainText('роли')
})

test('a session that ended in the background leaves the form under the sign-in dialog', async ({
  as,
  school,
}) => {
  await school.database.owner.query('update account set password_hash = $1 where login = $2', [
    await hashPassword(PASSWORD),
    'admin',
  ])
  const page = await as('admin')
  await page.clock.install()
  await page.goto(`/people/${ids.boris}`)
  await phone(page).fill('+7 900 111-22-33')
  await school.database.owner.query('update session set ended_at = $1', [school.clock.now])
  // Come back to the tab after a while: the session is looked at anew.
  await page.clock.fastForward('06:00')
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  const dialog = page.getByRole('dialog', { name: 'Сеанс закончился' })
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(phone(page)).toHaveValue('+7 900 111-22-33')
  await page.getByRole('button', { name: 'Сохранить сведения' }).click()
  await expect.poll(() => phoneOf(school, ids.boris)).toBe('79001112233')
})

test('without a connection the form keeps what is typed and says so', async ({ browserOf, school }) => {
  const context = await browserOf('admin')
  const page = await context.newPage()
  await page.goto(`/people/${ids.boris}`)
  await phone(page).fill('+7 900 111-22-33')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Сохранить сведения' }).click()
  await expect(page.getByText('Введённое осталось на этой странице').first()).toBeVisible({ timeout: 20_000 })
  await context.setOffline(false)
  await expect(phone(page)).toHaveValue('+7 900 111-22-33')
  await page.getByRole('button', { name: 'Сохранить сведения' }).click()
  await expect.poll(() => phoneOf(school, ids.boris)).toBe('79001112233')
})

test('settings changed by two at once are told field by field', async ({ as, school }) => {
  const page = await as('deputy')
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Изменить: Контрольная работа' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Коротко').fill('кнтр')
  await school.database.owner.query(
    `update work_type set weight = 2, version = version + 1
     where name = 'Контрольная работа' and set_config('app.reason', 'другой', false) is not null`,
  )
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await expect(dialog.getByText('Вес — 2')).toBeVisible()
  await expect(dialog.getByLabel('Коротко')).toHaveValue('кнтр')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await expect(dialog).toBeHidden()
  const { rows } = await school.database.owner.query(
    `select short, weight::float as weight from work_type where name = 'Контрольная работа'
     and organization_id = $1`,
    [ids.school],
  )
  expect(rows).toEqual([{ short: 'кнтр', weight: 2 }])
})

async function addNewcomer({ database }: School) {
  await database.owner.query(
    `insert into person (organization_id, id, last_name, first_name)
     select $1, $2, 'Новиков', 'Лев' where set_config('app.reason', 'приём', false) is not null`,
    [ids.school, NEWCOMER],
  )
}

async function changeElsewhere(school: School, person: string, column: 'phone', value: string) {
  await school.database.owner.query(
    `update person set ${column} = $2, version = version + 1
     where id = $1 and set_config('app.reason', 'другой администратор', false) is not null`,
    [person, value],
  )
}

async function columnOf({ database }: School, person: string, column: 'email' | 'phone') {
  const { rows } = await database.owner.query(`select ${column} as value from person where id = $1`, [person])
  return rows[0]?.value
}

const phoneOf = async (school: School, person: string) =>
  String(await columnOf(school, person, 'phone')).replace(/\D/g, '')
