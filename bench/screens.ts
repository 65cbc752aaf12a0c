import { chromium, type Page } from '@playwright/test'
import { browserPath } from '../scripts/browser.mjs'
import { quantile } from './quantile.ts'
import type { Figure } from './requests.ts'
import type { Schools } from './school.ts'
import { at, tokens } from './seed.ts'

const KEYS = 60
const MARKS_HEARD = 20

/**
 * What the first load of a journal weighs, how long a key press takes to be painted, and how soon another window shows
 * what was saved in this one, in headless Chromium.
 */
export async function measureScreens({ large, wide }: Schools): Promise<Figure[]> {
  const executable = browserPath()
  // The launcher has said already how to get it.
  if (executable === null) return []
  const browser = await chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
  try {
    const open = async (address: string) => {
      const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1366, height: 768 } })
      await context.addCookies([{ name: 'zhuravl', value: tokens.teacher, url: address }])
      return context.newPage()
    }
    const first = await firstLoad(await open(large.address), large.address)
    const keys = await keyStrokes(await open(wide.address), wide.address)
    const heard = await heardBy(await open(wide.address), await open(wide.address), wide.address)
    return [
      { name: 'first load of the journal, cold cache', unit: 'KB', value: first.bytes / 1024, atMost: 200 },
      { name: 'first load, requests to other origins', unit: 'requests', value: first.foreign, atMost: 0 },
      { name: 'key to painted cell, 35 × 60, median', unit: 'ms', value: quantile(keys, 0.5), atMost: 16 },
      { name: 'key to painted cell, 35 × 60, p95', unit: 'ms', value: quantile(keys, 0.95), atMost: 50 },
      { name: 'saved mark to another window, p95', unit: 'ms', value: quantile(heard, 0.95), atMost: 1000 },
    ]
  } finally {
    await browser.close()
  }
}

async function firstLoad(page: Page, address: string): Promise<{ bytes: number; foreign: number }> {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  let bytes = 0
  let foreign = 0
  line.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) foreign++
  })
  await page.goto(`${address}/journals/${at.journal}`)
  await page.getByRole('grid').waitFor()
  await page.waitForLoadState('load')
  return { bytes, foreign }
}

async function keyStrokes(page: Page, address: string): Promise<number[]> {
  await page.goto(`${address}/journals/${at.journal}`)
  await page.getByRole('grid').waitFor()
  await page
    .getByLabel('Весь заезд')
    .or(page.getByRole('button', { name: 'Весь заезд' }))
    .first()
    .click()
  await page.getByRole('columnheader').nth(60).waitFor()
  await page.getByRole('gridcell').locator('visible=true').last().click()
  await page.evaluate(listenForPaint)
  // The last column is today's; every digit is typed into the next child's cell.
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('End')
  await page.waitForTimeout(500)
  for (let n = 0; n < KEYS; n++) {
    await page.keyboard.press(String(3 + (n % 3)))
    await page.waitForTimeout(60)
    await page.keyboard.press(n % 30 < 29 ? 'ArrowDown' : 'ArrowUp')
    await page.waitForTimeout(40)
  }
  const times = await page.evaluate(() => (window as unknown as { painted: number[] }).painted)
  if (times.length < KEYS / 2) throw new Error(`only ${times.length} key presses changed a cell`)
  return times.slice(5)
}

/** In the page: from the key event's own time to just after the frame that shows it. */
function listenForPaint(): void {
  const painted: number[] = []
  Object.assign(window, { painted })
  addEventListener(
    'keydown',
    (event) => {
      if (!/^[2-5]$/.test(event.key)) return
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => {
          const shown = document.activeElement?.textContent?.includes(event.key)
          if (shown) painted.push(performance.now() - event.timeStamp)
        }
        channel.port2.postMessage(null)
      })
    },
    { capture: true },
  )
}

/** Milliseconds from a cell that says it is saved in one window to the same cell with the mark in another. */
async function heardBy(one: Page, other: Page, address: string): Promise<number[]> {
  for (const page of [one, other]) {
    const stream = page.waitForResponse('**/api/events')
    await page.goto(`${address}/journals/${at.journal}`)
    await stream
    await page.getByRole('grid').waitFor()
  }
  await one.getByRole('gridcell').locator('visible=true').last().click()
  await one.keyboard.press('Control+Home')
  await one.keyboard.press('End')
  const times: number[] = []
  for (let n = 0; n < MARKS_HEARD; n++) {
    const label = (await one.evaluate(() => document.activeElement?.getAttribute('aria-label'))) ?? ''
    const place = label.split(', ').slice(0, 4).join(', ')
    const mark = label.includes('отметка 4') ? '5' : '4'
    const saved = one.evaluate(whenCellSays, { place, mark, end: 'сохранено' })
    const shown = other.evaluate(whenCellSays, { place, mark, end: '' })
    await one.keyboard.press(mark)
    times.push(Math.max(0, (await shown) - (await saved)))
    await one.keyboard.press('ArrowDown')
  }
  return times
}

/** In the page: the time at which a cell first says a mark. */
function whenCellSays({ place, mark, end }: { place: string; mark: string; end: string }): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const labels = [...document.querySelectorAll('[role="gridcell"]')].map(
        (cell) => cell.getAttribute('aria-label') ?? '',
      )
      const said = labels.some(
        (label) => label.startsWith(place) && label.includes(`отметка ${mark}`) && label.endsWith(end),
      )
      if (said) resolve(Date.now())
      else setTimeout(look, 5)
    }
    look()
  })
}
