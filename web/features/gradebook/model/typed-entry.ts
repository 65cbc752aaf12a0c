import { plainCellText, readCellText } from '#domain/marks/cell-text.ts'

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
  const plain = plainCellText(key)
  if (/^[0-9а-яё]$/i.test(plain)) return plain.toLowerCase()
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

/** Reads characters typed one after another: «у» alone, or «у» and then «в» as «ув». They say what a cell may say. */
export function readTyped(text: string, entries: readonly Entry[]): Reading {
  const wanted = text.toLowerCase()
  const of = (wantedKind: Entry['kind']) =>
    entries.filter(({ kind }) => kind === wantedKind).map(({ value }) => value)
  const said = readCellText(text, { scale: of('mark'), codes: of('attendance') })
  const both = said?.mark != null && said.code !== null
  const saidOf = ({ kind }: Entry) => (kind === 'mark' ? said?.mark : said?.code)
  return {
    entry: both ? null : (entries.find((entry) => entry.value === saidOf(entry)) ?? null),
    open: entries.some(({ value }) => value.length > wanted.length && value.toLowerCase().startsWith(wanted)),
  }
}
