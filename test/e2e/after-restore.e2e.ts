import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { settleRestored } from '#modules/backups/index.ts'
import { hashPassword } from '#platform/passwords.ts'
import { algebra, childName, columnOf } from './big-class.ts'
import { cell, marksIn, openJournal, typeDown } from './grid.ts'
import { faultsOfLook, look } from './letters.ts'
import { expect, type School, type Storage, test } from './school.ts'
import { sideways } from './sideways.ts'

test.use({ filling: 'class' })

const PASSWORD = 'три весёлых журавля'
const today = columnOf(algebra.today)
const lesson = algebra.lesson(algebra.today)

/** The school as it was before anything was typed: as a restore leaves it, everybody signed out. */
async function restoreTo(school: School, storage: Storage, until: Date): Promise<void> {
  const { owner } = school.database
  await school.stop()
  const { rows } = await owner.query<{ name: string }>('select current_database() as name')
  await owner.query(`begin; set local session_replication_role = replica;
    delete from mark where value is not null; delete from operation; delete from history where kind = 'mark'; commit`)
  const connection = { ...storage.connection, database: rows[0]?.name ?? '' }
  await settleRestored(connection, { until, now: school.clock.now })
  await school.start()
}

async function signIn(page: Page) {
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
}

const line = (page: Page, row: number) =>
  page.getByRole('listitem').filter({ hasText: new RegExp(`^${childName(row)}`) })

test('what a restore has taken back is offered to its author, beside what stands now', async ({
  as,
  school,
  storage,
}) => {
  await school.database.owner.query(`update account set password_hash = $1 where login = 'teacher'`, [
    await hashPassword(PASSWORD),
  ])
  const until = school.clock.now
  const page = await as('teacher')
  await openJournal(page)
  await cell(page, 0, today).focus()
  await typeDown(page, '54')
  await expect(cell(page, 1, today)).toHaveAccessibleName(/сохранено$/)
  await restoreTo(school, storage, until)
  expect(await marksIn(school, lesson)).toEqual([])
  // Meanwhile somebody has entered another mark for the second child.
  await school.database.owner.query(
    `select set_config('app.reason', 'test', true);
     insert into mark (organization_id, id, lesson_id, student_id, work_id, value, entered_on, entered_at, late)
     select organization_id, gen_random_uuid(), '${lesson}', id, '${lesson}', '2', '2026-11-12', '2026-11-12T09:00Z', false
     from person where last_name = 'Бобров'`,
  )

  // Typed into the page that knows nothing yet, by whoever is signed out meanwhile.
  await cell(page, 4, today).focus()
  await page.keyboard.press('3')
  await signIn(page)
  const strip = page.getByText('части ваших записей в нём теперь нет')
  await expect(strip).toBeVisible()
  expect(await marksIn(school, lesson)).toEqual(['Бобров 2 v1'])
  await page.getByRole('link', { name: 'Посмотреть и внести' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Записи после восстановления')
  await expect(strip).toBeHidden()
  await expect(page.getByRole('link', { name: 'Алгебра, 7Б, 12 ноября' })).toBeVisible()
  await expect(line(page, 0)).toHaveText(/Вы ввели: 5В журнале: ничего$/)
  await expect(line(page, 1)).toHaveText(/Вы ввели: 4В журнале уже другое, введено после восстановления: 2$/)
  await expect(line(page, 4)).toHaveText(/Вы ввели: 3В журнале: ничего$/)
  for (const [row, ticked] of [
    [0, true],
    [1, false],
    [4, true],
  ] as const)
    await expect(line(page, row).getByRole('checkbox')).toBeChecked({ checked: ticked })
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await sideways(page)).toEqual([])
  await look(page, { width: 390, letters: 200 })
  expect(await page.evaluate(faultsOfLook)).toEqual([])
  await look(page, { width: 390, letters: 100 })
  if (process.env.LOOK) await page.screenshot({ path: '/tmp/after-390.png', fullPage: true })
  await page.setViewportSize({ width: 1366, height: 768 })
  if (process.env.LOOK) await page.screenshot({ path: '/tmp/after-1366.png', fullPage: true })

  await page.getByRole('button', { name: 'Внести отмеченные: 2' }).click()
  await expect.poll(() => marksIn(school, lesson)).toEqual(['Агеев 5 v1', 'Бобров 2 v1', 'Дунаев 3 v1'])
  await expect(page.getByRole('main').getByRole('checkbox')).toHaveCount(1)
  await page.getByRole('button', { name: 'Не вносить остальные: 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Вернуться к списку' }).click()
  await page.getByRole('button', { name: 'Не вносить остальные: 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Не вносить', exact: true }).click()
  await expect(page.getByText('Вносить заново нечего')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Вносить заново нечего')).toBeVisible()
  expect(await marksIn(school, lesson)).toEqual(['Агеев 5 v1', 'Бобров 2 v1', 'Дунаев 3 v1'])
  // Whoever answers for the journal reads how many, and of whom.
  const noted = `select detail from audit_event where action = 'lost-entries.give-back' order by id`
  await expect
    .poll(async () => (await school.database.owner.query(noted)).rows.map(({ detail }) => detail))
    .toEqual([
      { entered: 2, putAside: 0 },
      { entered: 0, putAside: 1 },
    ])
})
