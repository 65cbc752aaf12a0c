import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { projectRoot } from '#platform/root.ts'
import { bareFolder, schoolFolder, withStorage } from '#test/chaos/data-folder.ts'
import { successive } from '#test/successive-words.ts'

type Ended = { code: number; output: string }

/** A command as it is typed: what it says, and what is typed into it once it has said so. */
function command(
  dataDir: string,
  args: string[],
): { child: ChildProcessWithoutNullStreams; ended: Promise<Ended>; output: () => string } {
  const child = spawn(process.execPath, [join(projectRoot, 'scripts/run.mjs'), ...args], {
    cwd: projectRoot,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: dataDir,
      DATA_DIR: join(dataDir, 'data'),
      DISK_WARN_PERCENT: '99',
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  const ended = once(child, 'close').then(([code]) => ({ code: Number(code), output }))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended, output: () => output }
}

/** Waits until the command has said something that is told apart by its last word. */
async function said({ output, ended }: ReturnType<typeof command>, words: RegExp): Promise<string> {
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!words.test(output())) {
    if (over) throw new Error(output())
    await new Promise((done) => setTimeout(done, 30))
  }
  return output()
}

const MARKS = 'select count(*)::int as marks from mark'

test('an empty machine, the folder of copies and the paper make the school again', async () => {
  const school = await schoolFolder()
  const machine = bareFolder()
  const folder = bareFolder()
  mkdirSync(join(machine, 'data'), { recursive: true })
  cpSync(join(school.dataDir, 'postgres'), join(machine, 'data', 'postgres'), { recursive: true })
  const marksIn = (dataDir: string) =>
    withStorage(dataDir, async ({ database }) => (await database.owner.query(MARKS)).rows[0])

  const making = command(machine, ['backup', '--folder', folder, '--same-disk', '--paper'])
  const shown = await said(making, /Теперь проверим бумагу/)
  const words = [...shown.matchAll(/^\s+\d+\. (\S+)$/gm)].map(([, word]) => word)
  expect(words).toHaveLength(12)
  // Typed as people do: in capitals, a few words a line.
  making.child.stdin.write(`${words.slice(0, 5).join(' ').toUpperCase()}\n`)
  making.child.stdin.end(`${words.slice(5).join(', ')}\n`)
  const made = await making.ended
  expect([made.code, made.output]).toEqual([0, expect.stringContaining('Ключ принят')])
  expect(made.output).toContain('Копия лежит в папке')

  const before = await marksIn(join(machine, 'data'))
  rmSync(join(machine, 'data'), { recursive: true })
  rmSync(join(machine, 'data.keys'), { recursive: true })

  const lost = await command(machine, ['restore', '--from', folder, '--to', 'last', '--yes']).ended
  expect([lost.code, lost.output]).toEqual([1, expect.stringContaining('Ключа от копий на этом сервере нет')])
  // Before there is a journal again a copy can be tried out.
  const [copy = ''] = /\d{8}T\d{6}Z/.exec(made.output) ?? []
  const trying = command(machine, ['verify', copy, '--from', folder, '--paper'])
  trying.child.stdin.end(`${words.join(' ')}\n`)
  const tried = await trying.ended
  expect([tried.code, tried.output]).toEqual([0, expect.stringContaining('верна')])
  const restoring = command(machine, ['restore', '--from', folder, '--to', 'last', '--paper', '--yes'])
  restoring.child.stdin.end(`${words.join('\n')}\n`)
  const restored = await restoring.ended
  expect([restored.code, restored.output]).toEqual([0, expect.stringContaining('Восстановлено')])
  expect(await marksIn(join(machine, 'data'))).toEqual(before)
  const next = await command(machine, ['restore']).ended
  expect([next.code, next.output]).toEqual([0, expect.stringContaining('воспитанников 80')])
  for (const pair of successive(words.map(String))) expect(restored.output).not.toMatch(new RegExp(pair, 'i'))
}, 240_000)
