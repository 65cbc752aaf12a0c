import { newId } from '#platform/ids.ts'
import { ids, insert, type Who } from '../small-school.ts'
import { expect, type School, test } from './school.ts'
import { sideways } from './sideways.ts'

const script = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
const long = 'Ж'.repeat(100)
const words = 'Очень подробно '.repeat(20).trim()
const arabic = '\u202eאבג مرحبا\u202c'
const entered = { entered_on: '2026-11-12', entered_at: '2026-11-12T08:00:00Z', late: false, version: 1 }

async function misname({ database }: School): Promise<void> {
  const rename = (id: string, last: string, first: string) =>
    database.owner.query(
      'update person set last_name = $2, first_name = $3, version = version + 1 where id = $1',
      [id, last, first],
    )
  await database.owner.query(`select set_config('app.organization_id', $1, false)`, [ids.school])
  await rename(ids.anna, script.slice(0, 60), '<b>Анна</b>')
  await rename(ids.boris, long.slice(0, 60), long.slice(0, 60))
  await rename(ids.late, arabic, 'Пётр')
  await rename(ids.teacher, long.slice(0, 60), arabic)
  await insert(database, 'lesson_record', [
    {
      id: newId(),
      lesson_id: ids.today,
      topic: `${script} ${long} ${words}`,
      taught_by: ids.teacher,
      ...entered,
    },
  ])
  await insert(database, 'homework', [
    { id: newId(), lesson_id: ids.today, text: `${script} ${long} ${arabic}`, minutes: 20, ...entered },
  ])
  await insert(database, 'mark', [
    {
      id: newId(),
      lesson_id: ids.today,
      work_id: ids.today,
      student_id: ids.anna,
      value: '5',
      comment: `${script} ${words} ${long}`,
      ...entered,
    },
  ])
}

// Which of the hostile texts each screen shows at all.
const screens: [string, Who, string, string?][] = [
  ['the day', 'teacher', '/'],
  ['the lesson', 'teacher', `/lessons/${ids.today}`],
  ['the journal', 'teacher', `/journals/${ids.physics7}`],
  ['the diary', 'motherOfAnna', `/students/${ids.anna}/diary`],
  ['the family’s start', 'motherOfAnna', '/'],
  ['the list of diaries', 'deputy', '/diaries'],
  ['control', 'deputy', '/control', long.slice(0, 60)],
  ['people', 'admin', '/people'],
]

for (const [screen, who, address, shows = '<'] of screens) {
  test(`hostile texts are only texts in ${screen}`, async ({ as, school }) => {
    await misname(school)
    const page = await as(who)
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await expect(page.getByText(shows, { exact: false }).first()).toBeAttached()
    await expect(page.locator('img, main script, main b b')).toHaveCount(0)
    await expect(page).toHaveTitle(/Журавль$/)
    for (const width of [1366, 390, 320]) {
      await page.setViewportSize({ width, height: 768 })
      expect(await sideways(page), `at ${width} px`).toEqual([])
    }
  })
}

test('hostile texts typed by a teacher come back as typed', async ({ as }) => {
  const page = await as('teacher')
  await page.goto(`/lessons/${ids.today}`)
  await page.getByLabel('Тема урока', { exact: true }).fill(script)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(script, { exact: false }).first()).toBeVisible()
  await page.goto(`/lessons/${ids.today}`)
  await expect(page.getByLabel('Тема урока', { exact: true })).toHaveValue(script)
})
