import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoot } from '#platform/root.ts'
import { zip } from '#test/zip.ts'

const PATIENT = { timeout: 180_000 }
const ROWS = 49_000
const SHEETS = 5
let folder = ''
let own = ''

beforeAll(async () => {
  own = await mkdtemp(join(tmpdir(), 'zhuravl-hostile-'))
  folder = join(own, 'intake')
  await cp(join(projectRoot, 'demo/first-intake'), folder, { recursive: true })
  await rm(join(folder, 'КТП'), { recursive: true })
  await writeFile(join(folder, 'Нагрузка (копия).xlsx'), heavyWorkbook())
})
afterAll(() => rm(own, { recursive: true }))

/** As many cells as a workbook may have: many seconds of reading and hundreds of megabytes out of one. */
function heavyWorkbook(): Uint8Array {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relations = (type: string, targets: string[]) =>
    `<Relationships>${targets.map((to, n) => `<Relationship Id="r${n}" Type="${office}/${type}" Target="${to}"/>`).join('')}</Relationships>`
  const cells = (row: number) => Array.from('ABCDEFGHIJ', (c) => `<c r="${c}${row}"><v>${row}</v></c>`)
  const rows = Array.from({ length: ROWS }, (_, n) => `<row r="${n + 1}">${cells(n + 1).join('')}</row>`)
  const sheet = deflateRawSync(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`)
  const numbers = Array.from({ length: SHEETS }, (_, n) => n)
  const listed = numbers.map((n) => `<sheet name="Лист ${n}" sheetId="${n + 1}" r:id="r${n}"/>`)
  const paths = numbers.map((n) => `worksheets/sheet${n}.xml`)
  const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
  return zip([
    {
      name: '[Content_Types].xml',
      text: `<Types><Override PartName="/xl/workbook.xml" ContentType="${main}"/></Types>`,
    },
    { name: '_rels/.rels', text: relations('officeDocument', ['xl/workbook.xml']) },
    { name: 'xl/workbook.xml', text: `<workbook><sheets>${listed.join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', text: relations('worksheet', paths) },
    ...paths.map((path) => ({ name: `xl/${path}`, raw: sheet })),
  ])
}

/** The command as npm starts it, in a process of its own. */
function run(bounds: Record<string, string>): Promise<{ code: number; text: string }> {
  const words = ['scripts/run.mjs', 'import', folder]
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, TMPDIR: own, DATA_DIR: join(own, 'data'), ...bounds }
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: projectRoot, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    )
  })
}

test.each([
  {
    name: 'time',
    bounds: { WORKBOOK_SECONDS: '5' },
    reason: 'Файл читается дольше, чем можно',
    first: true,
  },
  { name: 'memory', bounds: { WORKBOOK_MEMORY_MB: '80' }, reason: 'Файлу не хватает памяти', first: false },
])(
  'a workbook that takes too much $name is named, and the others are written',
  PATIENT,
  async ({ bounds, reason, first }) => {
    const { code, text } = await run(bounds)
    expect(text).toMatch(
      new RegExp(
        `Не записано, пока не исправлено: 1\\s+Нагрузка \\(копия\\)\\.xlsx\\s+Ошибка: Нагрузка \\(копия\\)\\.xlsx\\s+${reason}`,
      ),
    )
    expect(text).toMatch(first ? /Воспитанники +108 +108 +0 +0/ : /Воспитанники +108 +0 +0 +108/)
    expect(code).toBe(1)
  },
)
