import type { Page } from '@playwright/test'

/**
 * Every timer of the page that waits this long waits that long instead: what passes by itself stands until a slow machine
 * has looked at it, or comes as late as on one. To be called before the page is opened.
 */
export const retimed = (page: Page, from: number, to: number): Promise<unknown> =>
  page.addInitScript(
    ([from, to]) => {
      const { setTimeout: soon } = window
      window.setTimeout = ((work: () => void, delay?: number) =>
        soon(work, delay === from ? to : delay)) as typeof setTimeout
    },
    [from, to] as const,
  )
