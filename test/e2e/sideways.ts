import type { Page } from '@playwright/test'

/** What makes the page scroll sideways, nothing when it does not. */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    )
    return wide.slice(-3).map((element) => element.outerHTML.slice(0, 160))
  })
}
