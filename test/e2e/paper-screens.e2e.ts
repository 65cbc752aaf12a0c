import type { Page } from '@playwright/test'
import type { PackedGradebook } from '#contract/gradebook.ts'
import type { JournalList } from '#contract/journals.ts'
import type { LessonPage } from '#contract/lessons.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { type DemoLogin, go, PAPER_HEAD, read, test } from './demo-centre.ts'
import { bare, compared, printed } from './paper.ts'
import { expect } from './school.ts'

// The widest journal of every subject; `PAPER=all` prints every journal.
const everyJournal = process.env.PAPER === 'all'
const ON_A_SHEET = 22

test.describe.configure({ mode: 'parallel' })
// A trace of hundreds of screens would take longer than the screens.
test.use({ trace: 'off' })

test('a journal is on paper whole, however wide, with its names on every sheet', async ({ signedInAs }) => {
  test.setTimeout(everyJournal ? 3_600_000 : 900_000)
  const page = await signedInAs('deputy')
  await page.goto('/journals')
  const faults: string[] = []
  let wide = 0
  for (const { id, subject, group } of await chosenJournals(page)) {
    const { students } = await read<PackedGradebook>(page, `/api/journals/${id}`)
    await go(page, `/journals/${id}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(journalTitle(subject, group))
    const grid = page.getByRole('grid', { name: `Журнал: ${journalTitle(subject, group)}` })
    if (students.length === 0) continue
    await expect(grid).toBeVisible()
    const shown = await grid.evaluate(gridOnScreen)
    const paper = await printed(page)
    const { missing } = compared(paper.pages.join(''), [
      ...PAPER_HEAD,
      journalTitle(subject, group),
      ...wordsOf(
        shown,
        students.map(({ name }) => name),
      ),
      'учитель',
      'заместитель директора',
    ])
    faults.push(...[...missing, ...paper.outside].map((fault) => `${subject}, ${group}: ${fault}`))
    if (shown.columns.flat().length > ON_A_SHEET) wide += 1
  }
  expect(faults).toEqual([])
  expect(wide, 'journals that need more than one sheet').toBeGreaterThan(0)
})

/** Runs in the page: the grid as it stands on the screen, columns by lesson. */
function gridOnScreen(table: Element) {
  const rows = [...table.querySelectorAll('tbody tr')]
  const words = (cell: Element) => [...cell.querySelectorAll('span')].map((part) => part.textContent ?? '')
  const heads = [...table.querySelectorAll<HTMLTableCellElement>('thead tr:first-child th[scope="colgroup"]')]
  let column = 0
  return {
    dates: heads.map((head) => head.querySelector('b')?.textContent ?? ''),
    columns: heads.map(({ colSpan }) => Array.from({ length: colSpan }, () => column++)),
    works: [...table.querySelectorAll('thead tr:nth-child(2) th')].map((head) => head.textContent ?? ''),
    cells: rows.map((row) => [...row.querySelectorAll('td[role="gridcell"]')].map(words)),
    averages: rows.map((row) => row.querySelector('td:not([role])')?.textContent ?? ''),
  }
}

function wordsOf(
  { dates, columns, works, cells, averages }: ReturnType<typeof gridOnScreen>,
  names: string[],
) {
  const sheets: number[][] = []
  let taken = ON_A_SHEET
  for (const [lesson, own] of columns.entries()) {
    if (taken + own.length > ON_A_SHEET) sheets.push([])
    taken = (taken + own.length > ON_A_SHEET ? 0 : taken) + own.length
    sheets[sheets.length - 1]?.push(lesson)
  }
  return sheets.flatMap((lessons, n) => {
    const own = lessons.flatMap((lesson) => columns[lesson] ?? [])
    return [
      '№ Фамилия, имя',
      ...lessons.map((lesson) => dates[lesson] ?? ''),
      ...own.map((column) => works[column] ?? '').filter((word) => word !== '·'),
      ...names.flatMap((name, row) => [
        `${row + 1} ${name}`,
        ...own.flatMap((column) => cells[row]?.[column] ?? []),
        n === sheets.length - 1 ? (averages[row] ?? '') : '',
      ]),
    ]
  })
}

async function chosenJournals(page: Page): Promise<JournalList['journals']> {
  const { journals } = await read<JournalList>(page, '/api/journals')
  if (everyJournal) return journals
  const bySize = journals.toSorted((one, other) => other.held - one.held)
  return [...new Map(bySize.toReversed().map((journal) => [journal.subject, journal])).values()]
}

type Printed = { login: DemoLogin; address: string | ((page: Page) => Promise<string>); ready: string }

const lessonOf = async (page: Page) => {
  const { rows } = await read<{ rows: { lessonId: string }[] }>(
    page,
    '/api/control?from=2027-02-08&to=2027-02-12&show=held',
  )
  return `/lessons/${rows[0]?.lessonId}`
}
// What else is printed: what the screen says in its tables and lists must be on paper.
const screens: Printed[] = [
  { login: 'guardian', address: '/', ready: 'article' },
  { login: 'student', address: '/', ready: 'article' },
  { login: 'teacher', address: '/', ready: 'ol > li' },
  { login: 'specialist', address: '/', ready: 'ol > li' },
  { login: 'homeroom', address: '/control', ready: 'table' },
  { login: 'deputy', address: '/control?show=missing', ready: 'table' },
  { login: 'director', address: '/control/summary', ready: 'table' },
  { login: 'deputy', address: '/journals', ready: 'table' },
  { login: 'admin', address: '/people', ready: 'table' },
  { login: 'carer', address: '/diaries', ready: 'h2 + ul' },
  { login: 'deputy', address: '/settings', ready: 'table' },
]

test('what a screen says in its lists and tables is on paper, and no button is', async ({ signedInAs }) => {
  test.setTimeout(600_000)
  const faults: string[] = []
  for (const { login, address, ready } of screens) {
    const page = await signedInAs(login)
    await page.goto(typeof address === 'string' ? address : await address(page))
    await expect(page.locator(`#content :is(${ready})`).first()).toBeVisible({ timeout: 30_000 })
    const { said, buttons } = await page.evaluate(linesOnScreen)
    expect(said.length, `${login} ${address}`).toBeGreaterThan(2)
    const paper = await printed(page)
    const text = paper.pages.join('')
    const { missing } = compared(text, [...PAPER_HEAD, ...said])
    faults.push(...missing.map((word) => `${login} ${address}: missing «${word}»`))
    faults.push(...paper.outside.map((word) => `${login} ${address}: cut off ${word}`))
    for (const button of buttons)
      if (text.includes(bare(button))) faults.push(`${login} ${address}: a button «${button}»`)
    if (!bare(paper.pages[0] ?? '').includes(bare(said[0] ?? '')))
      faults.push(`${login} ${address}: an empty first page`)
    if (!text.includes('подпись')) faults.push(`${login} ${address}: nowhere to sign`)
    await page.context().close()
  }
  expect(faults).toEqual([])
})

/** Runs in the page: what it says, piece by piece, without what is pressed, chosen, typed or only heard. */
function linesOnScreen(): { said: string[]; buttons: string[] } {
  const said: string[] = []
  const content = document.querySelector('#content')
  if (!content) return { said, buttons: [] }
  const notSaid =
    'button, a[class*="button"], select, input, textarea, label, legend, dialog, summary, nav, [role="toolbar"]'
  const isShown = (element: Element) => {
    const { width, height } = element.getBoundingClientRect()
    return width > 2 && height > 2 && element.checkVisibility({ visibilityProperty: true })
  }
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    const text = node.textContent?.trim() ?? ''
    if (!parent || text === '' || parent.closest(notSaid) || !isShown(parent)) continue
    said.push(text)
  }
  const buttons = [...content.querySelectorAll('button')]
    .filter(isShown)
    .map(({ textContent }) => textContent?.trim() ?? '')
    .filter((words) => words.length > 8)
  return { said, buttons }
}

test('a lesson is on paper in words: topic, homework, and each child with attendance and marks', async ({
  signedInAs,
}) => {
  test.setTimeout(300_000)
  const page = await signedInAs('deputy')
  await page.goto(await lessonOf(page))
  await expect(page.getByRole('main').getByRole('table').first()).toBeVisible({ timeout: 30_000 })
  const lesson = await read<LessonPage>(page, `/api${new URL(page.url()).pathname}`)
  const paper = await printed(page)
  const { missing } = compared(paper.pages.join(''), [
    ...PAPER_HEAD,
    journalTitle(lesson.lesson.subject, lesson.lesson.group),
    'Тема урока:',
    lesson.record.topic ?? 'не записана',
    ...(lesson.homework.text ? [lesson.homework.text] : []),
    ...lesson.children.flatMap(({ id, name }) => [
      name,
      lesson.attendance.find(({ studentId }) => studentId === id)?.code ?? '',
      ...lesson.works.map(
        ({ id: workId }) =>
          lesson.marks.find((mark) => mark.studentId === id && mark.workId === workId)?.value ?? '',
      ),
    ]),
    'учитель',
    'заместитель директора',
  ])
  expect(missing).toEqual([])
  expect(paper.outside).toEqual([])
})
