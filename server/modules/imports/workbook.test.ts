import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { cellName, readWorkbook } from './workbook.ts'

type Part = { name: string; text?: string; raw?: Uint8Array; flags?: number; method?: number }

const BOOK: Part[] = [
  { name: '[Content_Types].xml', text: '<Types/>' },
  { name: 'xl/workbook.xml', text: '<workbook/>' },
]

// A ZIP container by hand, so that it can lie about itself.
function zip(parts: Part[], { entries = parts.length } = {}): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text = '', raw, flags = 0, method = 8 } of parts) {
    const title = Buffer.from(name)
    const data = raw ?? deflateRawSync(Buffer.from(text))
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(data.length, 20)
    // The stated size is a lie on purpose: only what is inflated counts.
    entry.writeUInt32LE(1, 24)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, title, Buffer.from(data))
    directory.push(entry, title)
    offset += 30 + title.length + data.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, listing, end])
}

async function refusal(bytes: Uint8Array): Promise<string | null> {
  const reading = await readWorkbook(bytes)
  return 'refusal' in reading ? reading.refusal : null
}

const sheet = (text: string): Part[] => [...BOOK, { name: 'xl/worksheets/sheet1.xml', text }]

test('a workbook comes back with days, times, numbers and vertical merges', async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Лист',
        rows: [
          ['День', 'Дата', 'Число'],
          ['ПОНЕДЕЛЬНИК', new Date(Date.UTC(2026, 10, 2)), 1],
          [null, null, 2.5],
        ],
        merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }],
        cells: new Map([['2,1', { formula: 'C2+1', value: 2, formulaResult: 2 }]]),
      },
    ],
  })
  const reading = await readWorkbook(bytes)
  expect('workbook' in reading && reading.workbook.sheets[0]).toMatchObject({
    name: 'Лист',
    rows: [
      ['День', 'Дата', 'Число'],
      ['ПОНЕДЕЛЬНИК', '2026-11-02', 1],
      ['ПОНЕДЕЛЬНИК', 2, 2.5],
    ],
    formulas: new Set(['B3']),
  })
})

test('cells are named as spreadsheets name them', () => {
  expect([cellName(0, 0), cellName(6, 1), cellName(9, 25), cellName(0, 26), cellName(0, 702)]).toEqual([
    'A1',
    'B7',
    'Z10',
    'AA1',
    'AAA1',
  ])
})

test('a file that expands without end is refused while it is inflated, in little memory', async () => {
  const gigabyte = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
  const before = process.memoryUsage().arrayBuffers
  expect(await refusal(zip([...BOOK, { name: 'xl/worksheets/sheet1.xml', raw: gigabyte }]))).toBe(
    'expands-too-much',
  )
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024)
})

test('many parts that are each modest are refused by their sum', async () => {
  // Stored text does not compress, so only the sum over one part repeated can pass 100 MB.
  const noise = Buffer.alloc(4 * 1024 * 1024, 'abcdefghijklmnopqrstuvwxyz0123456789 '.repeat(7))
  for (let at = 0; at < noise.length; at += 97) noise[at] = 32 + ((at * 7919) % 90)
  const raw = deflateRawSync(noise, { level: 1 })
  const parts = Array.from({ length: 30 }, (_, index) => ({ name: `xl/media/part${index}.png`, raw }))
  expect(await refusal(zip([...BOOK, ...parts]))).toBe('expands-too-much')
})

test.each([
  [
    'more parts than a workbook has',
    zip([...BOOK, ...Array.from({ length: 2_000 }, (_, n) => ({ name: `x${n}` }))]),
    'too-many-entries',
  ],
  ['a path out of the container', zip([...BOOK, { name: '../../etc/passwd', text: 'x' }]), 'unsafe-path'],
  ['an absolute path', zip([...BOOK, { name: '/etc/passwd', text: 'x' }]), 'unsafe-path'],
  ['a path with backslashes', zip([...BOOK, { name: 'xl\\..\\x.xml', text: 'x' }]), 'unsafe-path'],
  ['an encrypted part', zip([...BOOK, { name: 'xl/styles.xml', text: 'x', flags: 1 }]), 'encrypted'],
  ['an unknown compression', zip([...BOOK, { name: 'xl/styles.xml', text: 'x', method: 12 }]), 'broken'],
  ['one part twice', zip([...BOOK, { name: 'XL/workbook.xml', text: '<workbook/>' }]), 'broken'],
  ['a count that is not true', zip(BOOK, { entries: 5 }), 'broken'],
  [
    'bytes that do not inflate',
    zip([...BOOK, { name: 'xl/styles.xml', raw: Buffer.from('not deflate') }]),
    'broken',
  ],
  ['a truncated file', zip(sheet('<worksheet/>')).subarray(0, 120), 'broken'],
  ['bytes after the end', Buffer.concat([zip(BOOK), Buffer.from('tail')]), 'broken'],
  [
    'text in another encoding',
    zip([...BOOK, { name: 'xl/styles.xml', raw: deflateRawSync(Buffer.from('<a>ё</a>', 'utf16le')) }]),
    'broken',
  ],
  ['a text file', Buffer.from('ФИО;Должность\n'), 'not-a-workbook'],
  ['nothing at all', new Uint8Array(), 'not-a-workbook'],
  ['another container', zip([{ name: 'word/document.xml', text: '<a/>' }]), 'not-a-workbook'],
  [
    'an old workbook',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    'old-format',
  ],
  [
    'a workbook under a password',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    'encrypted',
  ],
  ['entities', zip(sheet('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><worksheet/>')), 'entities'],
  [
    'entities across a boundary of chunks',
    zip(sheet(`${' '.repeat(16_380)}<!DOCTYPE a><worksheet/>`)),
    'entities',
  ],
  [
    'a cell in column XFD',
    zip(sheet('<sheetData><row r="1"><c r="XFD1"/></row></sheetData>')),
    'sheet-too-large',
  ],
  [
    'a cell in the millionth row',
    zip(sheet('<sheetData><row r="1048576"><c r="A1048576"/></row></sheetData>')),
    'sheet-too-large',
  ],
  [
    'a corner hidden behind a quoted bracket',
    zip(sheet('<row><c t=">" r="XFD9"/></row>')),
    'sheet-too-large',
  ],
  [
    'a sheet under another name',
    zip([...BOOK, { name: 'xl/other.xml', text: '<x:row><x:c r="AMM1"/></x:row>' }]),
    'sheet-too-large',
  ],
  [
    'over a thousand cells without references',
    zip(sheet(`<row>${'<c/>'.repeat(1_001)}</row>`)),
    'sheet-too-large',
  ],
])('%s is refused', async (_, bytes, expected) => {
  expect(await refusal(bytes)).toBe(expected)
})

test('a million columns are refused before they are laid out', async () => {
  const bytes = zip(sheet(`<row>${'<c/>'.repeat(1_000_000)}</row>`))
  expect(bytes.byteLength).toBeLessThan(20_000)
  expect(['sheet-too-large', 'expands-too-much']).toContain(await refusal(bytes))
})

test('a file over 20 MB is not looked into', async () => {
  expect(await refusal(new Uint8Array(20 * 1024 * 1024 + 1))).toBe('file-too-big')
})
