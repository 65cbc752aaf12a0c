import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { edited, firstIntake } from '#test/imported-folder.ts'
import { importFolder } from './import.ts'

const FOLDER = join(import.meta.dirname, '../demo/first-intake')
let own = ''

// The command as npm starts it: alone, on the data folder that the environment names, with a PostgreSQL of its own.
beforeAll(async () => {
  own = await mkdtemp(join(tmpdir(), 'zhuravl-import-'))
  vi.stubEnv('DATA_DIR', join(own, 'data'))
  vi.stubEnv('DATABASE_URL', '')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(own, { recursive: true })
})

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = []
  const said = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  const code = await importFolder(args).finally(() => said.mockRestore())
  return { code, text: lines.join('\n') }
}

// A cluster is made first and each run starts and stops it: seconds, more of them on a busy machine.
const PATIENT = { timeout: 90_000 }

test('a rehearsal shows what would come', PATIENT, async () => {
  const { code, text } = await run(FOLDER, '--dry-run')
  expect(code).toBe(0)
  expect(text).toContain('Проба: ничего не записано')
  expect(text).toMatch(/Воспитанники +108 +108 +0 +0/)
})

test(
  'a file that cannot be read is held with its reason, the others are written, and the code says so',
  PATIENT,
  async () => {
    const folder = join(own, 'folder')
    await cp(FOLDER, folder, { recursive: true })
    await writeFile(join(folder, 'Прочее.xlsx'), 'not a workbook')
    const { code, text } = await run(folder)
    expect(code).toBe(1)
    expect(text).toMatch(/Не записано, пока не исправлено: 1\s+Прочее\.xlsx\s+Ошибка: /)
    // Created now: the rehearsal left nothing behind.
    expect(text).toMatch(/Воспитанники +108 +108 +0 +0/)
  },
)

test('the same folder once more changes nothing', PATIENT, async () => {
  const { code, text } = await run(FOLDER)
  expect(text).toContain('Сотрудники.xlsx — список сотрудников')
  expect(text).toMatch(/Всего +\d{4} +0 +0 +\d{4}/)
  expect(code).toBe(0)
})

test('every file of the folder that is not read is named with the reason', PATIENT, async () => {
  const folder = join(own, 'others')
  await cp(FOLDER, folder, { recursive: true })
  const others = {
    'Нагрузка.xls': 'старый формат Excel',
    'Нагрузка.XLSB': 'двоичный формат',
    'Звонки.ods': 'OpenDocument',
    'Процедуры.csv': 'в виде текста',
    'Приказ.docx': 'документ',
    'Приказ.pdf': 'документ',
    'КТП/план.jpg': 'изображение',
    'Всё.zip': 'архив',
    '~$Сотрудники.xlsx': 'след открытой книги',
    '.~lock.Сотрудники.xlsx#': 'след открытой книги',
    '.DS_Store': 'скрытый файл',
    'Thumbs.db': 'скрытый файл',
    Заметки: 'не таблица Excel',
  }
  for (const name of Object.keys(others)) await writeFile(join(folder, name), 'что-то')
  await mkdir(join(folder, '.git/deep'), { recursive: true })
  await symlink(join(FOLDER, 'Нагрузка.xlsx'), join(folder, 'Ссылка.xlsx'))
  await rename(join(folder, 'Сотрудники.xlsx'), join(folder, 'Сотрудники.XLSM'))
  const { code, text } = await run(folder, '--dry-run')
  for (const [name, why] of Object.entries(others))
    expect(text).toMatch(new RegExp(`^  ${name.replace(/[.$~#]/g, '\\$&')} — .*${why}.*: `, 'm'))
  expect(text).toContain('  .git/ — скрытый файл')
  expect(text).toContain('  Ссылка.xlsx — это ссылка')
  expect(text).toContain('Сотрудники.XLSM — список сотрудников')
  expect(text).toMatch(/Воспитанники +108 +0 +0 +108/)
  // Tables that were not read may have been meant to be.
  expect(code).toBe(1)
})

test('a name nobody knows is answered on the command line', PATIENT, async () => {
  const folder = join(own, 'english')
  const load = firstIntake().filter(({ name }) => name === 'Нагрузка.xlsx')
  const [file] = await edited(load, (value) => (value === 'Иностранный язык (английский)' ? 'Инглиш' : value))
  await mkdir(folder)
  await writeFile(join(folder, 'Нагрузка.xlsx'), file?.bytes ?? '')
  const asked = await run(folder, '--dry-run')
  expect(asked.code).toBe(1)
  const id = /«Инглиш»: такого предмета нет[\s\S]*?Так названо то, что уже известно: --is ([0-9a-f]+)="/.exec(
    asked.text,
  )?.[1]
  const told = await run(folder, '--dry-run', '--is', `${id}=Английский язык`)
  expect(told.code).toBe(0)
  expect(told.text).toContain('«Инглиш» — это «Иностранный язык (английский)»')
})

test('a wrong call explains itself', async () => {
  const file = join(FOLDER, 'Нагрузка.xlsx')
  const said = [await run(), await run('/no/such/folder'), await run(FOLDER, '--force'), await run(file)]
  said.push(await run(FOLDER, '--is', 'Инглиш'))
  expect(said.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2])
  expect(said[3]?.text).toContain(`«${file}» — это файл, а нужна папка`)
})
