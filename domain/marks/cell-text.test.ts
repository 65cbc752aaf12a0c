import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCellText } from './cell-text.ts'

const school = { scale: ['2', '3', '4', '5'], codes: ['н', 'б', 'у', 'нп', 'о', 'ос', 'п'] }
const read = (text: string) => readCellText(text, school)

test.each([
  ['5', '5', null],
  [' 4 ', '4', null],
  ['5\n', '5', null],
  ['\u00a04\u202f', '4', null],
  ['\u200b5\ufeff', '5', null],
  ['５', '5', null],
  ['5,0', '5', null],
  ['5.00', '5', null],
  ['Н', null, 'н'],
  ['H', null, 'н'],
  ['нП', null, 'нп'],
  ['4 н', '4', 'н'],
  ['н 4', '4', 'н'],
  ['4\nн', '4', 'н'],
  ['4/Н', '4', 'н'],
  ['4\u00a0нп', '4', 'нп'],
  ['', null, null],
  [' \u00a0\n', null, null],
])('«%s» says mark %s and code %s', (text, mark, code) => {
  expect(read(text)).toEqual({ mark, code })
})

test.each([
  ...[
    '5/4',
    '4/5',
    '5 4',
    '5 5',
    'н б',
    'н/б',
    'н н',
    '5 4 н',
    '4 н б',
    '5\n4',
    '5;4',
    '5,4',
    '5.4',
    '54',
    '55',
  ],
  ...[
    '5-',
    '4+',
    '-5',
    '5!',
    '5*',
    '6',
    '1',
    '0',
    '4н',
    'н4',
    'нб',
    '4/',
    '/н',
    '//',
    '5,',
    '5,05',
    '¹',
    '⑤',
    '½',
  ],
  ...['4\n(за диктант)', 'пять', 'н/а', '5 (пересдача)', 'З', '"5', '=5', '5%', '٥', 'null', '__proto__'],
])('«%s» is no value of a cell', (text) => {
  expect(read(text)).toBeNull()
})

test('a code that is written with a space or a slash stays one code', () => {
  expect(readCellText('н/б', { ...school, codes: ['н', 'б', 'н/б'] })).toEqual({ mark: null, code: 'н/б' })
})

test('two codes that differ in case alone are never taken for each other', () => {
  const codes = ['о', 'О']
  expect(readCellText('О', { scale: [], codes })).toEqual({ mark: null, code: 'О' })
  expect(readCellText('о', { scale: [], codes })).toEqual({ mark: null, code: 'о' })
})

const character = fc.constantFrom(...'23456ннббуопHhо /-+,.;"\n\t\u00a0\u200b５４（）0')

test('whatever the text, a value is taken only when the text says it and nothing besides', () => {
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 8 }), (text) => {
      const said = read(text)
      if (!said) return
      // Read independently: digits and letters in order, the rest of a cell being spaces, a slash or «,0».
      const plain = text
        .replace(/５/g, '5')
        .replace(/４/g, '4')
        .replace(/[.,]0+(?=$|[\s/\u200b])/g, '')
        .replace(/[\u200b\s/]/g, '')
        .toLowerCase()
        .replace(/h/g, 'н')
      const { mark, code } = said
      expect([`${mark ?? ''}${code ?? ''}`, `${code ?? ''}${mark ?? ''}`]).toContain(plain)
    }),
    { numRuns: 5000 },
  )
})
