/** A piece of a text: words, or an address that opens a page. */
export type TextPart = { text: string; href: string | null }

const ADDRESS = /https?:\/\/[^\s<>«»"]+/giu
// What stands at the end of an address belongs to the sentence: «(https://school.ru/5).»
const AFTER = /(?<![.,;:!?…'’)\]}])[.,;:!?…'’)\]}]+$/u

/** A text cut where addresses of pages stand in it, nothing left out; only http and https are addresses. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const href = withoutEnd(found)
    if (!URL.canParse(href)) continue
    if (index > done) parts.push({ text: text.slice(done, index), href: null })
    parts.push({ text: href, href })
    done = index + href.length
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null })
  return parts
}

// A bracket that the address itself has opened is its own: https://en.wikipedia.org/wiki/Root_(mathematics)
function withoutEnd(found: string): string {
  const end = AFTER.exec(found)?.[0] ?? ''
  const address = found.slice(0, found.length - end.length)
  return end.startsWith(')') && address.includes('(') ? `${address})` : address
}
