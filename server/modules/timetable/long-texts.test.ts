import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expectOnce } from '#test/hostile-texts.ts'
import { readAsc, readFet, readXhstt } from './index.ts'

const FILES = join(import.meta.dirname, '../../../test/timetable/files')
const LENGTH = 100_000
const PUMPS = [' ', '(', 'а', '1', '0', '10', '1,', 'а ', '*', '&amp;', '&lt;', '1.']

const READERS: [string, (text: string, file: string) => { faults: readonly unknown[] }][] = [
  ['small.fet', readFet],
  ['small-xhstt.xml', readXhstt],
  ['small-asc.xml', (text, file) => readAsc(new TextEncoder().encode(text), file)],
]

// Places by their name: one of a kind is enough, the others are read alike.
function placesIn(text: string): { from: number; to: number }[] {
  const found = new Map<string, { from: number; to: number }>()
  for (const { 1: name = '', 2: value = '', index, 0: whole } of text.matchAll(/ ([\w.]+)="([^"]*)"/g)) {
    const from = index + whole.length - 1 - value.length
    const element = /<(\w+)[^<]*$/.exec(text.slice(0, index))?.[1]
    if (!found.has(`${element} ${name}`)) found.set(`${element} ${name}`, { from, to: from + value.length })
  }
  for (const { 1: name = '', 2: value = '', index, 0: whole } of text.matchAll(/<(\w+)>([^<>]+)</g)) {
    const from = index + whole.length - 1 - value.length
    if (!found.has(name)) found.set(name, { from, to: from + value.length })
  }
  return [...found.values()]
}

test.each(READERS)('%s is read at once, however long one of its texts is', (file, read) => {
  const text = readFileSync(join(FILES, file), 'utf8')
  const places = placesIn(text)
  expect(places.length).toBeGreaterThan(15)
  for (const { from, to } of places)
    for (const pump of PUMPS) {
      const long = pump.repeat(Math.ceil(LENGTH / pump.length))
      expectOnce(text.slice(0, from) + long + text.slice(to), (whole) => read(whole, file))
    }
})

test('a round of more weeks than a school has, with more terms, is named at its row', () => {
  const file = 'small-asc.xml'
  const text = readFileSync(join(FILES, file), 'utf8')
  const long = text
    .replace('weeks="10"', `weeks="${'10'.repeat(50_000)}"`)
    .replace('terms="1"', `terms="${'1'.repeat(100_000)}"`)
  const { problem, faults } = readAsc(new TextEncoder().encode(long), file)
  expect(problem).toBeNull()
  expect(faults.map(({ code, line, hint }) => [code, line, hint.element])).toEqual([
    ['list-too-long', 19, 'weeks'],
    ['list-too-long', 22, 'terms'],
  ])
})
