import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { newKey } from '#platform/backup/seal.ts'
import { bareFolder } from '#test/chaos/data-folder.ts'
import { craftCopies } from '#test/crafted-copies.ts'
import { restoreJournal, verify } from './backup.ts'

const AT = new Date('2026-03-02T02:00:00Z')

afterEach(() => void vi.unstubAllEnvs())

/** What a command says, and with which code it ends; 1 where it is refused. */
async function run(command: typeof verify, ...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  const code = await command(args)
    .catch((error: Error) => {
      lines.push(error.message)
      return 1
    })
    .finally(() => log.mockRestore())
  return { code, said: lines.join('\n') }
}

/** A machine that knows nothing of copies, and a folder that holds those of a journal. */
async function machine() {
  const dataDir = join(bareFolder(), 'data')
  const chosen = bareFolder()
  const { identity, recipient } = await newKey()
  const keyFile = join(bareFolder(), 'backup.key')
  writeFileSync(keyFile, `${identity}\n`)
  await craftCopies(chosen, { installation: '0badcafe', recipient, at: [AT] })
  vi.stubEnv('DATABASE_URL', '')
  vi.stubEnv('DATA_DIR', dataDir)
  vi.stubEnv('BACKUP_KEY_FILE', keyFile)
  const list = () => readdirSync(chosen, { recursive: true }).toSorted()
  return { dataDir, chosen, recipient, list }
}

test('a minute that cannot be read or is not held is told in words, and nothing is touched', async () => {
  const { dataDir, chosen, list } = await machine()
  const before = list()
  for (const [text, words] of [
    ['', 'минута не названа'],
    ['yesterday', 'не минута'],
    ['2026-03-02', 'только день'],
    ['12:05', 'только время'],
    ['2026-02-30 12:05', 'такого дня в календаре нет'],
    ['2026-03-02 25:00', 'такого времени не бывает'],
    ['2126-03-02 12:05', 'ещё не наступил'],
    ['2020-03-02 12:05', 'раньше первой копии'],
  ] as const)
    for (const more of [[], ['--yes']]) {
      const { code, said } = await run(restoreJournal, '--from', chosen, '--to', text, ...more)
      expect([text, code, said]).toEqual([text, 2, expect.stringContaining(words)])
      // What would be understood, or what there is.
      expect(said).toMatch(/--to last|В копиях есть моменты с 02\.03\.2026/)
    }
  expect([existsSync(dataDir), list()]).toEqual([false, before])
  const read = await run(restoreJournal, '--from', chosen, '--to', 'last')
  expect(read).toEqual({ code: 0, said: expect.stringContaining('Пока ничего не сделано') })
  expect([existsSync(dataDir), list()]).toEqual([false, before])
})

test('a folder that holds no copies of ours is refused in words by restore and verify, and nothing is touched', async () => {
  const { dataDir, chosen, recipient, list } = await machine()
  const bare = bareFolder()
  const file = join(bare, 'file')
  writeFileSync(file, '')
  const photos = bareFolder()
  writeFileSync(join(photos, 'about.json'), '{"album":"2026"}')
  mkdirSync(join(photos, 'copies'))
  const young = bareFolder()
  mkdirSync(join(young, 'zhuravl-0badcafe', 'copies'), { recursive: true })
  const lists = () => [bare, photos, young].map((one) => readdirSync(one, { recursive: true }).toSorted())
  const before = [lists(), list()]
  const ways = [
    ['restore', (...where: string[]) => run(restoreJournal, ...where)],
    ['restore --to', (...where: string[]) => run(restoreJournal, ...where, '--to', 'last', '--yes')],
    ['verify', (...where: string[]) => run(verify, '20260302T020000Z', ...where)],
  ] as const
  for (const [folder, words] of [
    [join(bare, 'absent'), 'Такой папки нет'],
    [file, 'Такой папки нет'],
    [join(file, 'inside'), 'Такой папки нет'],
    [bare, 'нет резервных копий журнала'],
    [photos, 'нет резервных копий журнала'],
    [young, 'нет резервных копий журнала'],
    [join(chosen, 'zhuravl-0badcafe', 'copies'), 'нет резервных копий журнала'],
    // Nothing was chosen on this machine.
    [null, 'нет резервных копий журнала'],
  ] as const)
    for (const [way, go] of ways) {
      const told = await go(...(folder === null ? [] : ['--from', folder]))
      expect([way, folder, told]).toEqual([way, folder, { code: 1, said: expect.stringContaining(words) }])
    }

  for (const name of ['20260302T020001Z', '../log', 'zhuravl-0badcafe', ''])
    expect((await run(verify, name, '--from', chosen)).code).toBe(name === '' ? 2 : 1)
  await craftCopies(chosen, { installation: 'deadbeef', recipient, at: [AT] })
  for (const [way, go] of ways) {
    const { code, said } = await go('--from', chosen)
    expect([way, code, said]).toEqual([way, 1, expect.stringContaining('копии нескольких журналов')])
    for (const one of ['zhuravl-0badcafe', 'zhuravl-deadbeef']) expect(said).toContain(join(chosen, one))
  }
  const named = await run(restoreJournal, '--from', join(chosen, 'zhuravl-deadbeef'))
  expect(named).toEqual({ code: 0, said: expect.stringContaining('20260302T020000Z') })
  expect(lists()).toEqual(before[0])
  expect(existsSync(dataDir)).toBe(false)
})
