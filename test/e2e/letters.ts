import type { Page } from '@playwright/test'

export type Look = { width: number; letters: 100 | 125 | 150 | 200 }

export const LOOKS: Look[] = [
  { width: 1024, letters: 100 },
  { width: 390, letters: 100 },
  { width: 390, letters: 125 },
  { width: 390, letters: 150 },
  { width: 390, letters: 200 },
  { width: 320, letters: 100 },
]

/** Gives the loaded page another width and size of letters, as the person's own setting does. */
export async function look(page: Page, { width, letters }: Look): Promise<void> {
  await page.setViewportSize({ width, height: width > 1000 ? 768 : 844 })
  await page.evaluate(async (size) => {
    document.documentElement.dataset.text = String(size)
    for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(done))
  }, letters)
}

/** Runs in the page: what is out of it, cut, or not to be reached at this look. */
export function faultsOfLook(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()} «${(element.textContent ?? '').trim().slice(0, 40)}» ${element.className}`
  const ways = (element: Element) => getComputedStyle(element)
  const isRegion = (element: Element) => ['auto', 'scroll'].includes(ways(element).overflowX)
  const isShown = (element: Element) => {
    const { width, height } = element.getBoundingClientRect()
    return (
      width >= 2 &&
      height >= 2 &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    )
  }
  const isInside = (element: Element): boolean => {
    const frame = element.parentElement
    if (!frame) return false
    // What only those who listen get is one pixel wide.
    return (
      isRegion(frame) || (ways(frame).overflowX !== 'visible' && frame.clientWidth <= 1) || isInside(frame)
    )
  }
  const isWider = (element: Element) => element.scrollWidth > element.clientWidth + 1
  const isOut = (element: Element) => {
    const { left, right } = element.getBoundingClientRect()
    return (right > clientWidth + 1 || left < -1) && !isInside(element)
  }
  const inner = '[aria-label], [aria-labelledby], caption'
  const isLost = (element: Element) => {
    if (!isRegion(element) || !isWider(element) || element.matches('textarea, pre, dialog *')) return false
    const isReached = element.matches('[tabindex]') || element.querySelector('a, button, input, [tabindex]')
    return !isReached || !(element.matches(inner) || element.querySelector(inner))
  }
  const isCut = (element: Element) => {
    if (!element.matches('button, a[class*="button"], [class*="badge"], summary, li > a')) return false
    const { overflowX, overflowY } = ways(element)
    const clips = [overflowX, overflowY].some((way) => way === 'hidden' || way === 'clip')
    return clips && (isWider(element) || element.scrollHeight > element.clientHeight + 2)
  }
  const shown = [...document.querySelectorAll('body *')].filter(isShown)
  const told = (words: string, is: (element: Element) => boolean) =>
    shown.filter(is).map((element) => `${words}: ${name(element)}`)
  return [
    ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide of ${clientWidth}`] : []),
    ...told('out of the page', isOut).slice(-2),
    ...told('scrolls, but has no name or cannot be reached', isLost).slice(0, 2),
    ...told('words cut', isCut).slice(0, 2),
  ]
}

const SETTLING_TRIES = 20

/**
 * Of these sections, those that cannot be pressed in the bar in use or in its «Ещё», and whether the current one is in sight.
 * The bar is measured after its width changes and shown in a later frame: it is asked again until it has settled.
 */
export async function sectionsOutOfReach(
  page: Page,
  names: string[],
): Promise<{ lost: string[]; currentShown: boolean }> {
  for (let tries = 1; ; tries++) {
    const { reached, currentShown } = await sectionsToReach(page)
    const lost = names.filter((name) => !reached.includes(name.trim()))
    if ((lost.length === 0 && currentShown) || tries === SETTLING_TRIES) return { lost, currentShown }
    await page.waitForTimeout(100)
  }
}

async function sectionsToReach(page: Page): Promise<{ reached: string[]; currentShown: boolean }> {
  const bar = page.locator('nav[aria-label^="Разделы"]').filter({ visible: true }).first()
  const more = bar.locator('details > summary')
  if (await more.isVisible()) await more.click()
  const answer = await bar.evaluate((nav) => {
    const inSight = (element: Element) => {
      const { left, right, top, bottom, width } = element.getBoundingClientRect()
      const x = (left + right) / 2
      const y = (top + bottom) / 2
      const there = document.elementFromPoint(x, y)
      return width > 0 && left >= 0 && right <= innerWidth + 1 && there !== null && element.contains(there)
    }
    const links = [...nav.querySelectorAll('a')].filter(inSight)
    const current = [...nav.querySelectorAll('ul:first-child a[aria-current], summary[data-current]')]
    return {
      reached: links.map(({ textContent }) => (textContent ?? '').trim()),
      currentShown:
        current.length === 0 ? nav.querySelector('a[aria-current]') === null : current.some(inSight),
    }
  })
  if (await more.isVisible()) await page.keyboard.press('Escape')
  return answer
}
