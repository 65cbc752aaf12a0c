import type { Page } from '@playwright/test'
import { newId } from '#platform/ids.ts'
import { ids, insert, type Who } from '../small-school.ts'
import { bare, printed } from './paper.ts'
import { retimed } from './retimed.ts'
import { expect, type School, test } from './school.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1366, height: 768 }
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** A list of journals long enough to have a search. */
async function addJournals({ database }: School): Promise<void> {
  const { rows } = await database.owner.query('select * from teaching_assignment where id = $1', [ids.music7])
  await insert(
    database,
    'teaching_assignment',
    [ids.teacher, ids.stranger, ids.homeroom].map((teacher_id) => ({ ...rows[0], id: newId(), teacher_id })),
  )
}

/** Goes away from a list by a link of it and comes back as people do. */
async function thereAndBack(page: Page, link: string, arrived: RegExp): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: link }).first().click()
  await expect(page).toHaveURL(arrived)
  await page.goBack()
}

test('a list come back to is filtered as it was left', async ({ as, school }) => {
  await addJournals(school)
  const deputy = await as('deputy')
  await deputy.goto('/journals')
  await deputy.getByLabel('Найти').fill('физика')
  await deputy.getByLabel('Показать').selectOption({ label: 'С незаполненными уроками' })
  await thereAndBack(deputy, 'Физика, 7А', /journals\/./)
  await expect(deputy.getByLabel('Найти')).toHaveValue('физика')
  await expect(deputy.getByLabel('Показать')).toHaveValue('unfilled')
  await deputy.goto('/diaries')
  await deputy.getByRole('searchbox').fill('белов')
  await thereAndBack(deputy, 'Белов Борис', /diary/)
  await expect(deputy.getByRole('searchbox')).toHaveValue('белов')
  await deputy.goto('/control')
  await deputy.getByRole('button', { name: 'Заезд' }).click()
  await deputy.getByLabel('Учитель').selectOption({ value: ids.teacher })
  await expect(deputy).toHaveURL(/teacherId/)
  await deputy.getByRole('region', { name: 'Уроки' }).getByRole('link').first().click()
  await expect(deputy).toHaveURL(/lessons/)
  await deputy.goBack()
  await expect(deputy.getByLabel('Учитель')).toHaveValue(ids.teacher)

  const admin = await as('admin')
  await admin.goto('/people')
  await admin.getByRole('searchbox').fill('дём')
  await thereAndBack(admin, 'Дёмина Галина', /people\/./)
  await expect(admin.getByRole('searchbox')).toHaveValue('дём')
  await admin.goto('/events')
  await admin.getByLabel('Кто', { exact: true }).selectOption({ index: 1 })
  const chosen = await admin.getByLabel('Кто', { exact: true }).inputValue()
  await admin
    .getByRole('navigation', { name: 'Разделы', exact: true })
    .getByRole('link', { name: 'Люди' })
    .click()
  await expect(heading(admin, 'Люди')).toBeVisible()
  await admin.goBack()
  await expect(admin.getByLabel('Кто', { exact: true })).toHaveValue(chosen)
})

test('a page that is not there or not yours says so and leads home', async ({ as }) => {
  const dead: [Who, string[]][] = [
    [
      'motherOfAnna',
      ['/people', '/control', '/settings', `/lessons/${ids.today}`, `/students/${ids.boris}/diary`],
    ],
    [
      'teacher',
      [
        '/nowhere',
        '/people/nobody',
        '/days/2026-99-99',
        '/days/2026-11-31',
        `/journals/${newId()}`,
        '/approvals',
        '/events',
        '/backups',
      ],
    ],
    ['deputy', ['/backups']],
    ['carer', ['/entry-windows', `/journals/${ids.physics7}`, '/access']],
  ]
  for (const [who, addresses] of dead) {
    const page = await as(who)
    for (const address of addresses) {
      await page.goto(address)
      await expect(page.getByText('Такой страницы или записи нет.'), `${who} ${address}`).toBeVisible()
      await expect(page.getByRole('button', { name: 'Попробовать ещё раз' })).toHaveCount(0)
      await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0)
    }
    await page.getByRole('link', { name: 'На главную' }).click()
    await expect(page, who).not.toHaveURL(addresses.at(-1) ?? '')
    await expect(page.getByText('Такой страницы или записи нет.')).toHaveCount(0)
  }
})

const places: [Who, string, string][] = [
  ['teacher', '/', 'Сегодня'],
  ['teacher', '/days/2026-11-09', 'Сегодня'],
  ['teacher', '/own-referred-entries', 'Сегодня'],
  ['teacher', '/journals', 'Журналы'],
  ['teacher', `/journals/${ids.physics7}`, 'Журналы'],
  ['teacher', `/lessons/${ids.today}`, 'Журналы'],
  ['deputy', '/', 'Контроль'],
  ['deputy', '/control/summary', 'Контроль'],
  ['deputy', '/entry-windows', 'Контроль'],
  ['deputy', '/referred-entries', 'Контроль'],
  ['deputy', '/diaries', 'Дневники'],
  ['deputy', `/students/${ids.anna}/diary`, 'Дневники'],
  ['director', '/', 'Контроль'],
  ['director', '/approvals', 'Люди'],
  ['director', '/access-events', 'Люди'],
  ['director', '/settings', 'Настройки'],
  ['admin', '/people', 'Люди'],
  ['admin', '/people/new', 'Люди'],
  ['admin', `/people/${ids.anna}`, 'Люди'],
  ['admin', '/access', 'Люди'],
  ['admin', '/events', 'События'],
  ['carer', '/', 'Дневники'],
  ['motherOfAnna', '/', 'Сегодня'],
  ['motherOfAnna', '/diary', 'Дневник'],
  ['motherOfAnna', `/students/${ids.anna}/diary`, 'Дневник'],
]

test('the section one is in is marked on every kind of page, at a desk and on a phone', async ({ as }) => {
  const pages = new Map<Who, Page>()
  for (const [who, address, section] of places) {
    const page = pages.get(who) ?? (await as(who))
    pages.set(who, page)
    await page.setViewportSize(desk)
    await page.goto(address)
    const bar = page.getByRole('navigation', { name: 'Разделы', exact: true })
    await expect(heading(page, /\S/)).toBeVisible()
    await expect(bar.locator('[aria-current]'), `${who} ${address}`).toHaveText([section])
    await page.setViewportSize(phone)
    const foot = page.getByRole('navigation', { name: 'Разделы на телефоне' })
    await expect(foot.locator('a[aria-current], summary[data-current]').first(), address).toContainText(
      section,
    )
  }
})

test('an address with a day that does not exist shows what it can', async ({ as }) => {
  const deputy = await as('deputy')
  await deputy.goto('/control?from=2026-99-99&to=2026-11-31')
  await expect(deputy.getByText('6–12 ноября').first()).toBeVisible()
  await deputy.goto(`/students/${ids.anna}/diary?day=2026-02-30`)
  await expect(deputy.getByText('9–15 ноября').first()).toBeVisible()
})

test('on a phone the control screen begins with its lessons', async ({ as, school }) => {
  school.clock.now = new Date('2026-11-12T11:30:00Z')
  const page = await as('deputy')
  await page.setViewportSize(phone)
  for (const address of ['/control', `/control?from=2026-11-02&teacherId=${ids.teacher}`]) {
    await page.goto(address)
    const first = page.getByRole('region', { name: 'Уроки' }).getByRole('link').first()
    await expect(first).toBeVisible()
    const box = await first.boundingBox()
    expect((box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0), address).toBeLessThan(
      phone.height * 0.65,
    )
  }
})

test('a printed list has its centre, what it is of, its days and a line to sign', async ({ as, school }) => {
  school.clock.now = new Date('2026-11-12T11:30:00Z')
  const deputy = await as('deputy')
  const deputySigns = 'подпись · Осокина Л. Г.'
  // Where it stands, what stands on the screen and on paper, and what on paper alone.
  const papers: [string, string[], string[]][] = [
    [`/control?from=2026-11-02&classId=${ids.class7}`, ['2–12 ноября', '7А', 'Саркисов'], [deputySigns]],
    ['/control/summary?from=2026-11-02', ['2–12 ноября', 'Саркисов'], [deputySigns]],
    ['/journals', ['2-й заезд', 'Физика, 7А'], [deputySigns]],
    [`/lessons/${ids.today}`, ['Физика', '7А', '12 ноября'], ['учитель', 'заместитель директора']],
    [
      `/students/${ids.anna}/diary?day=2026-11-12`,
      ['Абрамова Анна', '7А', '9–15 ноября'],
      ['классный руководитель'],
    ],
    [`/journals/${ids.physics7}`, ['Физика, 7А', '12.11'], ['учитель', 'заместитель директора']],
  ]
  for (const [address, onScreen, onPaper] of papers) {
    await deputy.goto(address)
    await expect(heading(deputy, /\S/)).toBeVisible()
    for (const word of onScreen) await expect(deputy.getByRole('main'), address).toContainText(word)
    const { pages } = await printed(deputy)
    const whole = pages.join('')
    const missing = [
      'Центр «Сосновый берег»',
      'Напечатано 12 ноября 2026 г.',
      ...onScreen,
      ...onPaper,
    ].filter((word) => !whole.includes(bare(word)))
    expect(missing, address).toEqual([])
  }
})

test('addresses of homework open apart and stand readable on paper', async ({ as, school }) => {
  const address = 'https://example.org/7a/zadanie?n=5'
  await insert(school.database, 'homework', [
    {
      id: newId(),
      lesson_id: ids.today,
      text: `Посмотреть ${address}, затем № 5`,
      minutes: 15,
      late: false,
      entered_on: '2026-11-12',
      entered_at: '2026-11-12T08:00:00Z',
      version: 1,
    },
  ])
  const mother = await as('motherOfAnna')
  for (const screen of ['/', `/students/${ids.anna}/diary?day=2026-11-12&view=week`]) {
    await mother.goto(screen)
    const link = mother.getByRole('link', { name: address }).first()
    await expect(link).toHaveAttribute('href', address)
    await expect(link).toHaveAttribute('rel', /noopener noreferrer/)
    await expect(link).toHaveAttribute('target', '_blank')
    expect((await printed(mother)).pages.join(''), screen).toContain(bare(address))
  }
})

/** What of the page, if it is to be used, lies under the passing remark. */
const covered = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const toast = document.querySelector('[data-place]')
    if (!toast) return ['no remark']
    const { left, right, top, bottom } = toast.getBoundingClientRect()
    const found = new Set<string>()
    for (let x = left + 1; x < right; x += 8)
      for (let y = top + 1; y < bottom; y += 8) {
        const under = document.elementsFromPoint(x, y).find((one) => !toast.contains(one))
        const used = under?.closest('main :is(input, select, textarea, button, label, a)')
        if (used) found.add(used.outerHTML.slice(0, 120))
      }
    return [...found]
  })

test('a passing remark lies on no field and no button, wherever one scrolls', async ({ as }) => {
  const admin = await as('admin')
  // It would be gone before a slow machine has looked everywhere.
  await retimed(admin, 8_000, 600_000)
  const look = async (what: string) => {
    for (const y of [0, 250, 500, 750, 5000]) {
      await admin.evaluate((to) => scrollTo(0, to), y)
      await expect.poll(() => covered(admin), `${what}, scrolled by ${y}`).toEqual([])
    }
  }
  for (const size of [desk, phone]) {
    await admin.setViewportSize(size)
    await admin.goto(`/people/${ids.galina}`)
    await admin.getByRole('textbox', { name: 'Отчество' }).fill(`Павловна ${'А'.repeat(size.width % 7)}`)
    await admin.getByRole('button', { name: 'Сохранить сведения' }).click()
    await expect(admin.getByText('Сведения сохранены').last()).toBeVisible()
    await look(`person, ${size.width}`)
  }
})

test('boxes of one row of fields stand in one line, whatever is said above and below them', async ({
  as,
}) => {
  const admin = await as('admin')
  const ragged = (page: Page) =>
    page.evaluate(() => {
      const rows = new Map<number, Set<number>>()
      for (const label of document.querySelectorAll<HTMLLabelElement>('main label[for]')) {
        const box = document.getElementById(label.htmlFor)?.getBoundingClientRect()
        const top = Math.round(label.getBoundingClientRect().top + scrollY)
        if (!box || box.width === 0) continue
        rows.set(top, (rows.get(top) ?? new Set()).add(Math.round(box.top + scrollY)))
      }
      return [...rows.values()].filter((tops) => tops.size > 1).map((tops) => [...tops])
    })
  for (const address of ['/settings', '/people/new', `/people/${ids.galina}`, '/events']) {
    await admin.goto(address)
    await expect(admin.getByRole('main').locator('label').first()).toBeVisible()
    await admin.waitForLoadState('networkidle')
    expect(await ragged(admin), address).toEqual([])
  }
  await admin.goto('/people/new')
  const birthday = admin.getByRole('textbox', { name: 'Дата рождения' })
  await birthday.fill('99.99.2010')
  await birthday.press('Tab')
  await expect(admin.getByRole('alert').first()).toBeVisible()
  expect(await ragged(admin)).toEqual([])
})
