import type { Page } from '@playwright/test'
import { newId } from '#platform/ids.ts'
import { ids, insert } from '../small-school.ts'
import { algebra, CHILDREN, columnOf } from './big-class.ts'
import { cell, marksIn, openJournal } from './grid.ts'
import { expect, type School, test } from './school.ts'
import { sideways } from './sideways.ts'

const today = columnOf(algebra.today)

test.describe('a class of thirty', () => {
  test.use({ filling: 'class' })
  test.slow()

  test('a journal opens in its first open cell: what is typed is in the journal without a click', async ({
    as,
    school,
  }) => {
    const page = await as('teacher')
    await page.goto('/journals')
    await page.getByRole('link', { name: 'Алгебра, 7Б' }).click()
    await expect(cell(page, 0, today)).toBeFocused()
    await expect(cell(page, 0, today)).toBeInViewport({ ratio: 1 })
    // What was before is in sight with it, not the empty weeks ahead.
    await expect(cell(page, 0, today - 1)).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('5')
    await expect.poll(() => marksIn(school, algebra.lesson(algebra.today))).toEqual(['Агеев 5 v1'])

    // On Saturday there is no algebra: the cursor stands at Friday's lesson, not in the closed one of Monday.
    school.clock.now = new Date('2026-11-14T09:00:00Z')
    await openJournal(page)
    await expect(page.getByRole('gridcell').and(page.locator(':focus'))).toHaveAccessibleName(
      /^Агеев Егор, 13 ноября/,
    )

    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await page.getByRole('button', { name: 'Таблица' }).click()
    await expect(page.locator('td[role="gridcell"][tabindex="0"]')).toBeInViewport({ ratio: 1 })
  })

  /** Two whose family and first names are the same, and so long that a phone has no room for them in one line. */
  async function addNamesakes({ database }: School): Promise<void> {
    const both = ['Артёмович', 'Петрович'].map((middle_name) => ({ id: newId(), middle_name }))
    const version = 1
    await insert(
      database,
      'person',
      both.map((one) => ({
        ...one,
        last_name: 'Бонч-Осмоловский',
        first_name: 'Константин',
        version,
      })),
    )
    await insert(
      database,
      'student',
      both.map(({ id }) => ({ id, program: 'ООП ООО', adapted: false, version })),
    )
    const span = { starts_on: '2026-11-02', ends_on: '2026-12-19', version }
    await insert(
      database,
      'group_member',
      both.map(({ id: student_id }) => ({
        id: newId(),
        group_id: algebra.class,
        group_kind: 'class',
        student_id,
        ...span,
      })),
    )
    await insert(
      database,
      'stay',
      both.map(({ id: student_id }) => ({
        id: newId(),
        student_id,
        intake_id: ids.intake,
        kind: 'temporary',
        ...span,
      })),
    )
  }

  const namesCut = (page: Page) =>
    page
      .getByRole('grid')
      .locator('tbody th')
      .evaluateAll((heads) =>
        heads
          .filter(
            ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
              scrollWidth > clientWidth || scrollHeight > clientHeight,
          )
          .map(({ textContent }) => textContent),
      )

  test('names stand whole, and two namesakes are told apart wherever the journal names them', async ({
    as,
    school,
  }) => {
    await addNamesakes(school)
    const page = await as('teacher')
    await openJournal(page)
    const heads = page.getByRole('rowheader', { name: /Бонч-Осмоловский/ })
    await expect(heads).toHaveText([/Константин Артёмович$/, /Константин Петрович$/])
    await expect(page.getByRole('rowheader')).toHaveCount(CHILDREN + 2)
    await expect(page.getByRole('rowheader').first()).toHaveText(/^1Агеев Егор$/)
    expect(await namesCut(page)).toEqual([])
    await cell(page, 3, today).focus()
    await expect(cell(page, 3, today)).toHaveAccessibleName(
      /^Бонч-Осмоловский Константин Петрович, 12 ноября/,
    )
    await expect(page.getByRole('region', { name: 'Выбранная клетка' })).toContainText('Константин Петрович')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    const byLesson = page.getByRole('group', { name: /^Бонч-Осмоловский Константин (Артёмович|Петрович)$/ })
    await expect(byLesson).toHaveCount(2)
    await page.getByRole('button', { name: 'Таблица' }).click()
    expect(await namesCut(page)).toEqual([])
    expect(await sideways(page)).toEqual([])
  })
})

/** Runs in the page: what an eye tells cells apart by, whatever is written in them, and what is said of each. */
function looksOf(inners: Element[]): { look: string; words: string }[] {
  return inners.map((inner) => {
    const { backgroundColor, backgroundImage, boxShadow, outline } = getComputedStyle(inner)
    const sign = getComputedStyle(inner, '::before').content
    const words = inner.parentElement?.ariaLabel?.split(', ').at(-1) ?? ''
    return { look: [backgroundColor, backgroundImage, boxShadow, outline, sign].join(' · '), words }
  })
}

const CLOSED = 'td[role="gridcell"][aria-readonly]:not(:focus):not([tabindex="0"]) > div'
const SAMPLES = 'dt[aria-hidden] > span > span'

for (const contrast of ['no-preference', 'more'] as const)
  test(`every look of a closed cell has one meaning and stands in the legend, contrast: ${contrast}`, async ({
    as,
  }) => {
    const meanings = new Map<string, Set<string>>()
    for (const who of ['teacher', 'deputy'] as const) {
      const page = await as(who)
      await page.emulateMedia({ contrast })
      await openJournal(page, ids.physics7)
      await page.getByText('Обозначения и клавиши').click()
      const legend = (await page.locator(SAMPLES).evaluateAll(looksOf)).map(({ look }) => look)
      for (const { look, words } of await page.locator(CLOSED).evaluateAll(looksOf)) {
        expect(legend, words).toContain(look)
        // Not yet arrived and already left are one meaning: the child is not here.
        const meaning = words.replace(/ребёнок (ещё не прибыл|уже убыл)/, 'ребёнка нет')
        meanings.set(look, (meanings.get(look) ?? new Set()).add(meaning))
      }
    }
    const told = [...meanings.values()].map((words) => [...words].join(' | ')).sort()
    expect(told).toEqual([
      'закрыто: ребёнка нет',
      'закрыто: срок записи прошёл',
      'закрыто: урок ещё не прошёл',
      'только для чтения',
    ])
  })
