import { join } from 'node:path'
import process from 'node:process'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { paths } from '../../web/paths.ts'
import { expect, test } from './school.ts'
import { sideways } from './sideways.ts'
import { obscuredOnTabWalk } from './tab-walk.ts'
import { type Visit, visits } from './visits.ts'

// WCAG 2.2 AA. «target-size» (24 px) is off in axe unless asked for by name.
const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
// Colours change with the theme, places with the width, the rest of the page with neither.
const COLOURS = ['color-contrast']
const LAYOUT = ['target-size', 'scrollable-region-focusable']
const views = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  'high contrast': { colorScheme: 'light', contrast: 'more' },
} as const

test('every address of the product has a visit here', () => {
  const visited = new Set(visits.map(({ page }) => page))
  expect(Object.keys(paths).filter((page) => !visited.has(page as Visit['page']))).toEqual([])
})

for (const visit of visits) {
  test.describe(`${visit.page}, ${visit.who ?? 'nobody'}, ${visit.state}`, () => {
    test.use({ filling: visit.filling ?? 'small' })

    test('is open to everybody', async ({ as, school }) => {
      if (visit.now) school.clock.now = new Date(visit.now)
      const page = await as(visit.who)
      await visit.prepare?.(page)
      await page.goto(visit.address)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(visit.h1)
      await settled(page)
      await visit.act?.(page)
      await settled(page)
      await expect(page).toHaveTitle(/\S — Журавль$/)
      await expect(page.locator('h1')).toHaveCount(1)
      expect.soft(await violations(page, 'all'), 'by day').toEqual([])
      for (const [name, media] of Object.entries(views)) {
        await page.emulateMedia(media)
        await picture(page, visit, name)
        if (name !== 'light') expect.soft(await violations(page, COLOURS), name).toEqual([])
      }
      await page.emulateMedia(views.light)
      expect.soft(await obscuredOnTabWalk(page), 'focus hidden or not shown').toEqual([])
      for (const width of [640, 390, 320]) {
        await page.setViewportSize({ width, height: 640 })
        await picture(page, visit, String(width))
        expect.soft(await sideways(page), `wider than ${width} px`).toEqual([])
      }
      expect.soft(await violations(page, LAYOUT), 'at 320 px').toEqual([])
    })
  })
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

/** Rules broken and the first place of each. */
async function violations(page: Page, rules: 'all' | string[]): Promise<string[]> {
  // Without a page of its own for the sums: there are no frames to keep apart.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  axe.options(
    rules === 'all'
      ? { runOnly: { type: 'tag', values: all }, rules: { 'target-size': { enabled: true } } }
      : { runOnly: { type: 'rule', values: rules } },
  )
  const { violations: found } = await axe.analyze()
  return found.map(
    ({ id, nodes: [first, ...rest] }) =>
      `${id} ×${rest.length + 1}: ${first?.html.slice(0, 200)} ${first?.any[0]?.message ?? ''}`,
  )
}

/** Kept only when somebody wants to look: `SHOTS=folder npm run e2e -- accessibility`. */
async function picture(page: Page, { page: name, who, state }: Visit, view: string): Promise<void> {
  const folder = process.env.SHOTS
  if (!folder) return
  const file = [name, who, state, view].join('-').replaceAll(' ', '-')
  await page.screenshot({ path: join(folder, `${file}.png`), fullPage: view !== 'light' })
}
