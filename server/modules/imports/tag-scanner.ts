/** Finds the tags of a text of XML that comes in pieces, each letter looked at once; `>` inside quotes ends no tag. */
export type TagScanner = {
  /** Tells of each tag that ends in this piece: what stands between its brackets, and the text before it. */
  feed(text: string, onTag: (tag: string, before: string) => void): void
  /** How many letters of an unfinished tag are waiting. */
  waiting(): number
  /** Text after the last tag. */
  rest(): string
}

const DATA = '![CDATA['
const STOP = /["'>]/g

// A tag is kept in the pieces it came in: joining them for each look would be quadratic. `start` is as much of it as
// tells what it is, `end` as much as tells whether a comment is over.
type Tag = { pieces: string[]; length: number; start: string; end: string }
type State = { before: string; tag: Tag | null; quote: string }

/** A scanner at the beginning of a text. */
export function makeTagScanner(): TagScanner {
  const state: State = { before: '', tag: null, quote: '' }
  return {
    feed(text, onTag) {
      let at = 0
      while (at < text.length)
        at = state.tag === null ? toTag(state, text, at) : inTag(state, state.tag, { text, at, onTag })
    },
    waiting: () => state.tag?.length ?? 0,
    rest: () => state.before,
  }
}

function toTag(state: State, text: string, at: number): number {
  const opens = text.indexOf('<', at)
  state.before += text.slice(at, opens < 0 ? text.length : opens)
  if (opens < 0) return text.length
  state.tag = { pieces: [], length: 0, start: '', end: '' }
  return opens + 1
}

type Piece = { text: string; at: number; onTag: (tag: string, before: string) => void }

function inTag(state: State, tag: Tag, { text, at, onTag }: Piece): number {
  const closes = endOfTag(state, tag, { text, from: at })
  add(tag, text.slice(at, closes < 0 ? text.length : closes))
  if (closes < 0) return text.length
  const end = endingOf(tag.start)
  if (end !== null && tag.end !== end) add(tag, '>')
  else {
    onTag(tag.pieces.join(''), state.before)
    Object.assign(state, { tag: null, before: '' })
  }
  return closes + 1
}

function add(tag: Tag, piece: string): void {
  tag.pieces.push(piece)
  tag.length += piece.length
  if (tag.start.length < DATA.length) tag.start += piece.slice(0, DATA.length - tag.start.length)
  tag.end = (tag.end + piece.slice(-2)).slice(-2)
}

function endOfTag(state: State, { start }: Tag, { text, from }: { text: string; from: number }): number {
  for (let at = from; ; ) {
    at = afterQuote(state, text, at)
    const stop = at < 0 ? -1 : nextStop(text, at)
    if (stop < 0 || text[stop] === '>') return stop
    // Words in comments have apostrophes.
    const known = start + text.slice(from, Math.min(stop, from + DATA.length - start.length))
    state.quote = endingOf(known) === null ? text.charAt(stop) : ''
    at = stop + 1
  }
}

function nextStop(text: string, from: number): number {
  STOP.lastIndex = from
  return STOP.exec(text)?.index ?? -1
}

function afterQuote(state: State, text: string, at: number): number {
  if (state.quote === '') return at
  const closing = text.indexOf(state.quote, at)
  if (closing < 0) return -1
  state.quote = ''
  return closing + 1
}

function endingOf(start: string): string | null {
  if (start.startsWith('!--')) return '--'
  return start.startsWith(DATA) ? ']]' : null
}

/**
 * Value of an attribute without a prefix; null when the tag has none. A name begins a word: begun at each letter, a long
 * word without a value would be gone over as often as it has letters.
 */
export function attributeOf(tag: string, name: string): string | null {
  for (const [, found, value = ''] of tag.matchAll(/(?<![^\s"'])([^\s="'<>/]+)\s*=\s*("[^"]*"|'[^']*')/g)) {
    if (found === name) return value.slice(1, -1)
  }
  return null
}

/** Name of a tag without its prefix, whether it closes something, and whether it is whole by itself. */
export function tagParts(tag: string): { name: string; closes: boolean; isWhole: boolean } {
  const [, slash = '', name = ''] = /^(\/?)(?:[\w.-]{1,100}:)?([\w.-]{1,100})(?=[\s/]|$)/.exec(tag) ?? []
  return { name, closes: slash !== '', isWhole: tag.endsWith('/') }
}
