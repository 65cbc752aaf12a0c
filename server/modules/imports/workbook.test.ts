import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { type Part, zip } from '#test/zip.ts'
import { cellName, readWorkbook } from './workbook.ts'

const BOOK: Part[] = [
  { name: '[Content_Types].xml', text: '<Types/>' },
  { name: 'xl/workbook.xml', text: '<workbook/>' },
]

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
    longTexts: new Map(),
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
  ['more after the end than a comment may be', Buffer.concat([zip(BOOK), Buffer.alloc(70_000)]), 'broken'],
  ['a path out of the container with backslashes', zip([...BOOK, { name: '..\\x.xml' }]), 'unsafe-path'],
  ['a root with a backslash', zip([...BOOK, { name: '\\x.xml' }]), 'unsafe-path'],
  ['a drive with a backslash', zip([...BOOK, { name: 'C:\\x.xml' }]), 'unsafe-path'],
  [
    'one part twice, once with backslashes',
    zip([...BOOK, { name: 'xl\\workbook.xml', text: '<workbook/>' }]),
    'broken',
  ],
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
    zip(sheet('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>')),
    'sheet-too-large',
  ],
  [
    'a cell in the millionth row',
    zip(sheet('<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')),
    'sheet-too-large',
  ],
  [
    'a corner hidden behind a quoted bracket',
    zip(sheet('<row><c t=">" r="XFD9"><v>1</v></c></row>')),
    'sheet-too-large',
  ],
  [
    'a sheet under another name',
    zip([...BOOK, { name: 'xl/other.xml', text: '<x:row><x:c r="AMM1"><x:f>A1</x:f></x:c></x:row>' }]),
    'sheet-too-large',
  ],
  [
    'a text kept in the cell itself',
    zip(sheet('<row><c r="XFD9" t="inlineStr"><is><t>a</t></is></c></row>')),
    'sheet-too-large',
  ],
  [
    'a reference hidden behind a text that looks like one',
    zip(sheet('<row><c s=" r=\'A1\' " r="XFD9"><v>1</v></c></row>')),
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

// What a program writes into a workbook; the parts may be named and placed as a test likes.
const CELLS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relation = (type: string, target: string): string =>
  `<Relationship Id="r-${type}" Type="${OFFICE}/${type}" Target="${target}"/>`

type Written = {
  parts?: Record<string, string>
  cells?: string
  targets?: Record<string, string>
  kind?: string
}

const PARTS = {
  types: '[Content_Types].xml',
  root: '_rels/.rels',
  workbook: 'xl/workbook.xml',
  rels: 'xl/_rels/workbook.xml.rels',
  texts: 'xl/sharedStrings.xml',
  sheet: 'xl/worksheets/sheet1.xml',
}

function written({ parts = {}, cells = CELLS, targets = {}, kind = 'sheet.main' }: Written): Part[] {
  const names = { ...PARTS, ...parts }
  const to = {
    workbook: 'xl/workbook.xml',
    texts: 'sharedStrings.xml',
    sheet: 'worksheets/sheet1.xml',
    ...targets,
  }
  const texts: Record<string, string> = {
    types: `<Types><Override PartName="/${to.workbook}" ContentType="${TYPE}.${kind}+xml"/></Types>`,
    root: `<Relationships>${relation('officeDocument', to.workbook)}</Relationships>`,
    workbook: '<workbook><sheets><sheet name="Лист" sheetId="1" r:id="r-worksheet"/></sheets></workbook>',
    rels: `<Relationships>${relation('worksheet', to.sheet)}${relation('sharedStrings', to.texts)}</Relationships>`,
    texts: '<sst><si><t>ФИО</t></si><si><t>Класс</t></si></sst>',
    sheet: `<worksheet><sheetData>${cells}</sheetData></worksheet>`,
  }
  return Object.entries(names).flatMap(([part, name]) =>
    name === '' ? [] : [{ name, text: texts[part] ?? '' }],
  )
}

async function table(bytes: Uint8Array): Promise<unknown> {
  const reading = await readWorkbook(bytes)
  return 'workbook' in reading ? reading.workbook.sheets[0]?.rows : reading.refusal
}

const HEADINGS = [['ФИО', 'Класс']]
const container = (given: Written): Uint8Array => zip(written(given))
const upper = Object.fromEntries(Object.entries(PARTS).map(([part, name]) => [part, name.toUpperCase()]))
const slashed = Object.fromEntries(
  Object.entries(PARTS).map(([part, name]) => [part, name.replaceAll('/', '\\')]),
)

test.each<[string, Uint8Array]>([
  ['as the office writes it', container({})],
  ['common texts in other case', container({ parts: { texts: 'xl/SharedStrings.xml' } })],
  ['a sheet in other case', container({ parts: { sheet: 'xl/Worksheets/Sheet1.XML' } })],
  ['the workbook in other case', container({ parts: { workbook: 'xl/Workbook.xml' } })],
  ['the list of content types in other case', container({ parts: { types: '[content_types].XML' } })],
  [
    'relations in other case',
    container({ parts: { root: '_RELS/.Rels', rels: 'XL/_rels/WORKBOOK.xml.RELS' } }),
  ],
  ['every part in other case', container({ parts: upper })],
  ['relations that name the parts in other case', container({ targets: { sheet: 'WORKSHEETS/SHEET1.XML' } })],
  [
    'a workbook of another name',
    container({
      parts: { workbook: 'xl/workbook22.xml', rels: 'xl/_rels/workbook22.xml.rels' },
      targets: { workbook: 'xl/workbook22.xml' },
    }),
  ],
  [
    'a workbook in another folder, named from the root',
    container({
      parts: {
        workbook: 'книга/main.xml',
        rels: 'книга/_rels/main.xml.rels',
        sheet: 'листы/1.xml',
        texts: 'книга/t.xml',
      },
      targets: { workbook: '/книга/main.xml', sheet: '../листы/1.xml', texts: 't.xml' },
    }),
  ],
  [
    'a workbook in the root',
    container({
      parts: { workbook: 'workbook.xml', rels: '_rels/workbook.xml.rels' },
      targets: {
        workbook: './workbook.xml',
        sheet: 'xl/worksheets/sheet1.xml',
        texts: '/xl/sharedStrings.xml',
      },
    }),
  ],
  [
    'no relations of the container, only content types',
    container({
      parts: { root: '', workbook: 'xl/book.xml', rels: 'xl/_rels/book.xml.rels' },
      targets: { workbook: 'xl/book.xml' },
    }),
  ],
  [
    'a sheet with a space in its name',
    container({
      parts: { sheet: 'xl/worksheets/лист 1.xml' },
      targets: { sheet: 'worksheets/%D0%BB%D0%B8%D1%81%D1%82%201.xml' },
    }),
  ],
  [
    'with macros',
    zip([...written({ kind: 'sheet.macroEnabled.main' }), { name: 'xl/vbaProject.bin', text: '<<' }]),
  ],
  ['a template', container({ kind: 'template.main' })],
  ['a template with macros', container({ kind: 'template.macroEnabled.main' })],
  ['backslashes between folders', container({ parts: slashed })],
  ['backslashes in relations', container({ targets: { sheet: 'worksheets\\sheet1.xml' } })],
  ['two bytes after the end', Buffer.concat([container({}), Buffer.from([13, 10])])],
  ['a comment after the end', Buffer.concat([container({}), Buffer.alloc(65_000, 'x')])],
  ['an apostrophe in a comment', container({ cells: `<!-- it's a > b -->${CELLS}` })],
  ['a prefix before its tags', container({ cells: CELLS.replace(/<(\/?)(row|c|v)(?=[ >])/g, '<$1x:$2') })],
  ...['A1048576', 'XFD1', 'XFD1048576'].map((at): [string, Uint8Array] => [
    `a style without a value in ${at}`,
    container({ cells: `${CELLS}<row r="${at.replace(/\D/g, '')}"><c r="${at}" s="5"/></row>` }),
  ]),
  [
    'a style in a cell that is opened and closed',
    container({
      cells: `${CELLS}<row r="60000"><c r="AMM60000" s="5"></c><c r="AMN60000" t="s"><v/></c></row>`,
    }),
  ],
  ['a height of a row far below', container({ cells: `${CELLS}<row r="1048576" ht="20"/>` })],
])('a workbook is read: %s', async (_, bytes) => {
  expect(await table(bytes)).toEqual(HEADINGS)
})

test('thirty thousand rows of twenty styled cells hold nothing', async () => {
  const letters = Array.from({ length: 20 }, (_, index) => String.fromCharCode(65 + index))
  const rows = Array.from({ length: 30_000 }, (_, index) => {
    const row = index + 2
    return `<row r="${row}" s="${row % 7}">${letters.map((at) => `<c r="${at}${row}" s="${row % 97}"/>`).join('')}</row>`
  })
  expect(await table(container({ cells: CELLS + rows.join('') }))).toEqual(HEADINGS)
})

test('values keep their places among cells without any', async () => {
  const cells =
    '<row r="1"><c r="A1" s="1"/><c r="B1"><v>1</v></c><c r="C1"></c></row><row r="3"><c r="A3" s="1"/></row>' +
    '<row r="5"><c r="A5" s="2"></c><c r="C5" t="b"><v>1</v></c><c r="D5"><f>1+1</f></c></row>'
  const reading = await readWorkbook(container({ cells }))
  expect('workbook' in reading && reading.workbook.sheets[0]).toMatchObject({
    rows: ([[null, 1, null, null], [], [], [], [null, null, true, null]] as unknown[][]).map((row) =>
      expect.arrayContaining(row),
    ),
    formulas: new Set(['D5']),
    longTexts: new Map(),
  })
})

test('tags that never end are refused in time that grows with their length', async () => {
  expect(await refusal(container({ cells: '<c '.repeat(400_000) }))).toBe('broken')
})

test('a file over 20 MB is not looked into', async () => {
  expect(await refusal(new Uint8Array(20 * 1024 * 1024 + 1))).toBe('file-too-big')
})
