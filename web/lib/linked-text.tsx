import { textParts } from '#domain/text/links.ts'

/** A text whose addresses open in a window of their own, which learns nothing of the page they stand on. */
export function LinkedText({ text }: { text: string }) {
  let at = 0
  return textParts(text).map(({ text: words, href }) => {
    at += words.length
    if (href === null) return words
    return (
      <a key={at} href={href} target="_blank" rel="noopener noreferrer">
        {words}
      </a>
    )
  })
}
