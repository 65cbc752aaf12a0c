import type { Page } from '@playwright/test'
import { getDocumentProxy } from 'unpdf'

/** What stands on paper: the letters of every page in the order of painting, without blanks, and what is cut off. */
export type Paper = { pages: string[]; outside: string[] }

/** Prints the page as its reader would and reads the sheets back. */
export async function printed(page: Page): Promise<Paper> {
  const file = await page.pdf({ preferCSSPageSize: true })
  const document = await getDocumentProxy(new Uint8Array(file))
  const pages: string[] = []
  const outside: string[] = []
  for (let n = 1; n <= document.numPages; n++) {
    const sheet = await document.getPage(n)
    const [left = 0, bottom = 0, right = 0, top = 0] = sheet.view
    const { items } = await sheet.getTextContent()
    let text = ''
    for (const item of items) {
      if (!('str' in item) || item.str.trim() === '') continue
      text += item.str
      const [, , , , x = 0, y = 0] = item.transform
      const isInside = x >= left && x + item.width <= right && y >= bottom && y + item.height <= top
      if (!isInside) outside.push(`page ${n}: ${item.str}`)
    }
    pages.push(bare(text))
  }
  await document.cleanup()
  return { pages, outside }
}

/** Without blanks and soft hyphens: where a line breaks is no difference. */
export const bare = (text: string): string => text.normalize('NFC').replace(/[\s\u00ad\u200b]+/g, '')

/**
 * Takes the words off the text one after another, each from where the last one ended, and returns what of them is
 * missing and what is left over between them.
 */
export function compared(text: string, words: readonly string[]): { missing: string[]; rest: string } {
  const missing: string[] = []
  let rest = ''
  let at = 0
  for (const word of words) {
    const sought = bare(word)
    const found = text.indexOf(sought, at)
    if (found === -1) {
      missing.push(word)
      continue
    }
    rest += text.slice(at, found)
    at = found + sought.length
  }
  return { missing, rest: rest + text.slice(at) }
}

/** The whole text without the line at the foot of each page, which every page must have. */
export function withoutFoot({ pages }: Paper, words: string): string {
  return pages
    .map((text, n) => {
      const foot = bare(`стр. ${n + 1} из ${pages.length}${words}`)
      return text.startsWith(foot) ? text.slice(foot.length) : `no foot:${text}`
    })
    .join('')
}
