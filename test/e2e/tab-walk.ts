import type { Page } from '@playwright/test'

const STEPS = 70

/**
 * Presses Tab through the page and names what gets the focus without showing it, or gets it behind a sticky head
 * or foot (WCAG 2.4.7, 2.4.11).
 */
export async function obscuredOnTabWalk(page: Page): Promise<string[]> {
  const faults = new Set<string>()
  const seen = new Set<string>()
  for (let step = 0; step < STEPS; step++) {
    await page.keyboard.press('Tab')
    const { mark, fault } = await page.evaluate(focused)
    if (!mark || seen.has(mark)) break
    seen.add(mark)
    if (fault) faults.add(fault)
  }
  return [...faults]
}

/** Runs in the page: where the focus is and what is wrong with how it looks. */
function focused(): { mark: string | null; fault: string | null } {
  const element = document.activeElement
  if (!element || element === document.body) return { mark: null, fault: null }
  const walked = window as unknown as { walked?: Element[] }
  walked.walked ??= []
  const known = walked.walked.indexOf(element)
  const mark = String(known === -1 ? walked.walked.push(element) - 1 : known)
  const name = element.outerHTML.slice(0, 140)
  const shownBy = (one: Element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
  }
  // A cell of the journal draws its ring on its own inner box.
  if (!shownBy(element) && !(element.firstElementChild && shownBy(element.firstElementChild)))
    return { mark, fault: `not shown: ${name}` }
  const { left, top, width, height } = element.getBoundingClientRect()
  if (width === 0 || height === 0) return { mark, fault: `of no size: ${name}` }
  const points = [0.1, 0.5, 0.9].flatMap((x) =>
    [0.15, 0.5, 0.85].map((y) => [left + width * x, top + height * y]),
  )
  const visible = points.some(([x = 0, y = 0]) => {
    const there = document.elementFromPoint(x, y)
    return there !== null && (element.contains(there) || there.contains(element))
  })
  return { mark, fault: visible ? null : `hidden: ${name}` }
}
