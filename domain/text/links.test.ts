import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { textParts } from './links.ts'

const links = (text: string) => textParts(text).flatMap(({ href }) => href ?? [])

test.each([
  ['видео: https://example.org/video?a=1&b=2', ['https://example.org/video?a=1&b=2']],
  ['§ 5 (https://school.ru/5).', ['https://school.ru/5']],
  ['https://a.ru/1, HTTP://б.рф/2\nи ещё', ['https://a.ru/1', 'HTTP://б.рф/2']],
  ['«https://a.ru/урок»', ['https://a.ru/урок']],
  [
    'https://ru.wikipedia.org/wiki/Корень_(математика).',
    ['https://ru.wikipedia.org/wiki/Корень_(математика)'],
  ],
  ['javascript:alert(1) ftp://a.ru a.ru https://', []],
  ['<a href="https://a.ru">', ['https://a.ru']],
])('%j has the addresses %j', (text, addresses) => {
  expect(links(text)).toEqual(addresses)
})

test('nothing of a text is left out or put elsewhere', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('https://a.ru/', 'http://', '(', ').', ' ', 'урок'))
  for (const pieces of fc.sample(fc.array(piece), { numRuns: 300, seed: 19 })) {
    const text = pieces.join('')
    const told = textParts(text).map((part) => part.text)
    expect(told.join('')).toBe(text)
  }
})
