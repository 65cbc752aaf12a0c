import type { Page } from '@playwright/test'
import type { Children, DiaryChildren } from '#contract/diary.ts'
import type { JournalList } from '#contract/journals.ts'
import type { TeachingDay } from '#contract/lessons.ts'
import type { People } from '#contract/people.ts'
import { ALL_WRONG, hearBackups } from './backup-states.ts'
import { DEMO_LOGINS, DEMO_TODAY, type DemoLogin, go, test } from './demo-centre.ts'
import { faultsOfLook, LOOKS, look, sectionsOutOfReach } from './letters.ts'
import { expect } from './school.ts'

test.describe.configure({ mode: 'parallel' })
test.use({ trace: 'off' })

/** Every page of this role: the sections of its menu, and one of each that is opened from inside them. */
async function pagesOf(page: Page, login: DemoLogin, sections: string[]): Promise<string[]> {
  const first = async (address: string, pick: (answer: never) => string | undefined) => {
    const answer = await page.request.get(address)
    return answer.ok() ? pick((await answer.json()) as never) : undefined
  }
  const journal = await first('/api/journals', ({ journals }: JournalList) => journals[0]?.id)
  const lesson =
    (await first(`/api/days/${DEMO_TODAY}`, ({ lessons }: TeachingDay) => lessons[0]?.id)) ??
    (await first(
      '/api/control?from=2027-02-08&to=2027-02-17&show=held',
      (found: { rows: { lessonId: string }[] }) => found.rows[0]?.lessonId,
    ))
  const child =
    (await first('/api/children', ({ children }: Children) => children[0]?.id)) ??
    (await first('/api/diaries', ({ students }: DiaryChildren) => students[30]?.id))
  const person = await first('/api/people?page=1', ({ people }: People) => people[0]?.id)
  return [
    ...sections,
    journal && `/journals/${journal}`,
    lesson && `/lessons/${lesson}`,
    child && `/students/${child}/diary?view=week`,
    child && `/students/${child}/diary?view=day`,
    person && `/people/${person}`,
    sections.includes('/control') && '/control/summary',
    ['deputy', 'director', 'officer'].includes(login) && '/entry-windows',
    ['deputy', 'director', 'officer'].includes(login) && '/referred-entries',
    ['teacher', 'homeroom', 'club', 'specialist'].includes(login) && '/own-referred-entries',
    login === 'admin' && '/people/new',
    login === 'admin' && '/access',
    login === 'admin' && '/backups',
    '/account',
    '/nowhere',
  ].filter((address): address is string => Boolean(address))
}

for (const login of DEMO_LOGINS) {
  test(`${login}: every page at 390 px with letters of 100 to 200 %, at 320 and at 1024 px`, async ({
    signedInAs,
  }) => {
    test.setTimeout(600_000)
    const page = await signedInAs(login, { width: 1366, height: 768 })
    if (login === 'admin') await hearBackups(page, () => ALL_WRONG)
    await page.goto('/')
    const bar = page.locator('nav[aria-label="Разделы"]')
    await expect(bar.locator('a').first()).toBeVisible({ timeout: 30_000 })
    const sections = await bar
      .locator('> ul a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    const names = await bar.locator('> ul a').allInnerTexts()
    const faults: string[] = []
    for (const address of await pagesOf(page, login, sections)) {
      await go(page, address)
      await expect(page.locator('#content h1').first()).toBeVisible({ timeout: 30_000 })
      await expect(page.locator('[role="status"] > i')).toHaveCount(0, { timeout: 30_000 })
      for (const size of LOOKS) {
        await look(page, size)
        const found = await page.evaluate(faultsOfLook)
        const { lost, currentShown } = await sectionsOutOfReach(page, names)
        if (lost.length > 0) found.push(`sections that cannot be reached: ${lost}`)
        if (!currentShown) found.push('the current section is out of sight')
        faults.push(...found.map((fault) => `${address} at ${size.width} px, ${size.letters} %: ${fault}`))
      }
    }
    expect(faults).toEqual([])
  })
}

test('the longest sign of attendance stays on the page at every lesson of a diary', async ({
  signedInAs,
}) => {
  const page = await signedInAs('guardian', { width: 390, height: 844 })
  await page.route('**/api/students/*/diary*', async (route) => {
    const response = await route.fetch()
    const diary = (await response.json()) as { days: { lessons: object[] }[] }
    const attendance = {
      code: 'у',
      name: 'Отсутствие, уважительная причина',
      absent: true,
      counted: true,
      note: null,
    }
    for (const { lessons } of diary.days) for (const lesson of lessons) Object.assign(lesson, { attendance })
    await route.fulfill({ response, json: diary })
  })
  await page.goto('/diary')
  await expect(page.getByText('Отсутствие, уважительная причина').first()).toBeVisible({ timeout: 30_000 })
  const faults: string[] = []
  for (const size of LOOKS) {
    await look(page, size)
    const found = await page.evaluate(faultsOfLook)
    faults.push(...found.map((fault) => `${size.width} px, ${size.letters} %: ${fault}`))
  }
  expect(faults).toEqual([])
})
