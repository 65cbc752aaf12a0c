import { expect } from 'vitest'

const LENGTH = 50_000
// Going over such a text once takes milliseconds; going over it from each of its letters, seconds to minutes.
const MOST_MS = 1_000
// A busy machine may pause for a moment; it does not do so each time.
const TRIES = 3

const PUMPS = [
  ...[
    ' ',
    '\n',
    '(',
    ' (',
    '(а ',
    '()',
    ',',
    ', ',
    '«',
    '«а»',
    '<',
    '<c ',
    '.',
    '. ',
    ':',
    ';',
    '/',
    '-',
    ' - ',
  ],
  ...[
    '№ ',
    '=',
    '@',
    'a.',
    '1',
    '1 ',
    '1.',
    '1-',
    '1 заезд ',
    '1.01.2026 ',
    'а',
    'а ',
    'а.',
    'Аа',
    'е\u0308',
    'a',
  ],
  ...['класс', 'класс ', 'систем', 'доб. ', 'https://', 'Иванов И. И., ', 'медгр'],
]

/** Long texts that patterns are slow on: one piece again and again, after some beginning and with some end. */
export function* hostileTexts(words: readonly string[] = []): Generator<string> {
  for (const pump of new Set([...PUMPS, ...words])) {
    const middle = pump.repeat(Math.ceil(LENGTH / pump.length))
    for (const end of ['', '1', ')']) yield middle + end
    for (const beginning of ['А', ...words]) yield `${beginning}${middle}!`
  }
}

/** Runs over the text and fails when that takes as long as going over it again and again. */
export function expectOnce(text: string, run: (text: string) => unknown): void {
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < TRIES && least >= MOST_MS; tries += 1) {
    const began = performance.now()
    run(text)
    least = Math.min(least, performance.now() - began)
  }
  if (least < MOST_MS) return
  const shown = `${text.slice(0, 30)}…${text.slice(-10)}`
  expect.fail(`${Math.round(least)} ms for ${text.length} characters of «${shown}»`)
}
