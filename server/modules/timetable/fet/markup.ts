const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** An element around a text, on a line of its own. */
export function textElement(name: string, text: string | number): string {
  return `<${name}>${escaped(String(text))}</${name}>\n`
}

/** An element around other elements. */
export function element(name: string, ...children: readonly string[]): string {
  return `<${name}>\n${children.join('')}</${name}>\n`
}

// XML has no way to write most control characters, not even as entities.
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
