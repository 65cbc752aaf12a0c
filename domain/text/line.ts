const SPACES = /[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g

/** Text as it is kept, lines and all: letters composed, so that «й» is one character wherever it was typed. */
export function composed(text: string): string {
  return text.normalize('NFC')
}

/** Text of one line as it is kept: letters composed, every odd or doubled space one space, none at the ends. */
export function oneLine(text: string): string {
  return composed(text).replace(SPACES, ' ').trim()
}
