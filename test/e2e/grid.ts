import { expect, type Locator, type Page } from '@playwright/test'
import { algebra } from './big-class.ts'
import type { School } from './school.ts'

/** Where the cells of a journal are written. */
export const CELLS = '**/api/journals/*/cells'

/** Opens a journal and waits for its grid. */
export async function openJournal(page: Page, journalId: string = algebra.journal): Promise<void> {
  await page.goto(`/journals/${journalId}`)
  await expect(page.getByRole('grid')).toBeVisible()
}

/** A cell by the child's line and the column, both from 0. */
export function cell(page: Page, row: number, column: number): Locator {
  // Two rows of heads stand above the children.
  return page
    .getByRole('grid')
    .getByRole('row')
    .nth(row + 2)
    .getByRole('gridcell')
    .nth(column)
}

/** Keeps requests to this address from leaving until they are released. */
export async function heldRequests(page: Page, url: string): Promise<{ release: () => void }> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(url, async (route) => {
    await released
    await route.continue()
  })
  return { release }
}

/** Types marks down a column, beginning where the cursor is. */
export async function typeDown(page: Page, marks: string): Promise<void> {
  for (const mark of marks) {
    await page.keyboard.press(mark)
    await page.keyboard.press('Enter')
  }
}

/** What the journal holds of this child, and how many versions it took. */
export async function marksIn({ database }: School, workId: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ mark: string }>(
    `select p.last_name || ' ' || coalesce(m.value, '-') || ' v' || m.version as mark
     from mark m join person p on p.id = m.student_id where m.work_id = $1`,
    [workId],
  )
  return rows.map(({ mark }) => mark).sort((one, other) => one.localeCompare(other, 'ru'))
}
