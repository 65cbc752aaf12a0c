import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderRefusal } from './places.ts'

test('a folder that does not answer is refused as that, and keeps nobody waiting', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-silent-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  // Whoever opens a pipe that nobody reads waits, as on a share that is away.
  const pipe = join(folder, `.zhuravl-${process.pid}`)
  execFileSync('mkfifo', [pipe])
  expect(await folderRefusal(folder, '/nowhere', true, 50)).toBe('backup-folder-silent')
  await readFile(pipe)
})
