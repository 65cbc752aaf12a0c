import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeEntryInspector } from './sheet-limits.ts'

function inspected(name: string, text: string | Uint8Array, chunk = Number.MAX_SAFE_INTEGER): string | null {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const inspector = makeEntryInspector(name)
  for (let at = 0; at < bytes.length; at += chunk) {
    const refusal = inspector.feed(bytes.subarray(at, at + chunk))
    if (refusal !== null) return refusal
  }
  return inspector.finish()
}

const SHEET = 'xl/worksheets/sheet1.xml'
const BEGINNINGS = [
  ...[
    '<c ',
    '<c a="',
    "<c a='",
    '<c a="\' ',
    '<row ',
    '<row r="',
    '<x:c ',
    '<c\n',
    '<c a="" ',
    '<c a="1"b="2" ',
    '<c/',
  ],
  ...[
    '<',
    '<!',
    '<!-',
    '<![CDATA[',
    '<a',
    '<a:',
    '<a:c',
    '"',
    "'",
    '<c r="A',
    '<c r="A1',
    '<c r="A1" r="',
    ' r="',
    '<c  ',
  ],
]

// Each of them held a quadratic expression for minutes or hours; going over the text once takes milliseconds.
test.each(BEGINNINGS)('a megabyte of «%s» are gone over once', (beginning) => {
  const text = beginning.repeat(Math.ceil(1_000_000 / beginning.length))
  for (const chunk of [Number.MAX_SAFE_INTEGER, 16_384])
    for (const end of ['', '"/>'])
      expect([null, 'broken', 'sheet-too-large']).toContain(inspected(SHEET, text + end, chunk))
})

test('a tag that never ends is refused', () => {
  for (const chunk of [Number.MAX_SAFE_INTEGER, 1000]) {
    expect(inspected(SHEET, `<c a="${'x'.repeat(70_000)}`, chunk)).toBe('broken')
    expect(inspected(SHEET, `<c ${'x'.repeat(70_000)}`, chunk)).toBe('broken')
  }
})

test.each(['x', ' ', 'x=', 'x="', "a='b'", 'r', 'r=', '="', '/'])(
  'a long tag of «%s» is gone over once',
  (part) => {
    const tag = `<c ${part.repeat(60_000 / part.length)}>`
    expect([null, 'broken']).toContain(inspected(SHEET, `${tag.repeat(4)}">`))
  },
)

const COLUMNS = ['A', 'B', 'ALM']
const cell = fc
  .record({
    column: fc.constantFrom(...COLUMNS),
    row: fc.constantFrom(1, 7, 60_000),
    noise: fc.constantFrom('', ' t="a>b"', " t='<c'"),
  })
  .map(({ column, row, noise }) => ({
    text: `<c${noise} r="${column}${row}"><v>1</v></c>`,
    large: column === 'ALM' || row > 50_000,
  }))

test('however a text is cut into chunks, each cell is counted once', () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (cells, chunk) => {
      const text = `<sheetData>${cells.map(({ text }) => text).join('')}</sheetData>`
      expect(inspected(SHEET, text, chunk)).toBe(cells.some(({ large }) => large) ? 'sheet-too-large' : null)
    }),
  )
})
