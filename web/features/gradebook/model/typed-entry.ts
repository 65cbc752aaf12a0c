// The Russian letter on each key, so that «н» is «н» whatever layout is on.
const letters: Record<string, string> = {
  KeyQ: 'й',
  KeyW: 'ц',
  KeyE: 'у',
  KeyR: 'к',
  KeyT: 'е',
  KeyY: 'н',
  KeyU: 'г',
  KeyI: 'ш',
  KeyO: 'щ',
  KeyP: 'з',
  BracketLeft: 'х',
  BracketRight: 'ъ',
  KeyA: 'ф',
  KeyS: 'ы',
  KeyD: 'в',
  KeyF: 'а',
  KeyG: 'п',
  KeyH: 'р',
  KeyJ: 'о',
  KeyK: 'л',
  KeyL: 'д',
  Semicolon: 'ж',
  Quote: 'э',
  KeyZ: 'я',
  KeyX: 'ч',
  KeyC: 'с',
  KeyV: 'м',
  KeyB: 'и',
  KeyN: 'т',
  KeyM: 'ь',
  Comma: 'б',
  Period: 'ю',
  Backquote: 'ё',
}

/** The digit or Russian letter a key means, or null when it is not for typing. */
export function characterOf({ key, code }: { key: string; code: string }): string | null {
  if (/^[0-9а-яё]$/i.test(key)) return key.toLowerCase()
  return key.length === 1 ? (letters[code] ?? null) : null
}

export type Entry = { kind: 'mark' | 'attendance'; value: string }

/** Everything that can be typed into this journal. */
export function entriesOf(scale: readonly string[], codes: readonly { code: string }[]): Entry[] {
  return [
    ...scale.map((value): Entry => ({ kind: 'mark', value })),
    ...codes.map(({ code }): Entry => ({ kind: 'attendance', value: code })),
  ]
}

export type Reading = {
  /** What the characters typed so far stand for. */
  entry: Entry | null
  /** Longer values may follow: the next character belongs to the same one. */
  open: boolean
}

/** Reads characters typed one after another: «у» alone, or «у» and then «в» as «ув». */
export function readTyped(text: string, entries: readonly Entry[]): Reading {
  const wanted = text.toLowerCase()
  return {
    entry: entries.find(({ value }) => value.toLowerCase() === wanted) ?? null,
    open: entries.some(({ value }) => value.length > wanted.length && value.toLowerCase().startsWith(wanted)),
  }
}

/** One value from a pasted cell; «5.0», « 4 » and «H» typed in Latin are what spreadsheets make of them. */
export function readPasted(text: string, entries: readonly Entry[]): Entry | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[.,]0+$/, '')
  const cyrillic = plain.replace(/[abehkmopctyx]/g, (latin) => lookalikes[latin] ?? latin)
  return readTyped(plain, entries).entry ?? readTyped(cyrillic, entries).entry
}

const lookalikes: Record<string, string> = {
  a: 'а',
  b: 'в',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  c: 'с',
  t: 'т',
  y: 'у',
  x: 'х',
}
