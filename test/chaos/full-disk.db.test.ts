import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { spawnJournal, startJournal } from './journal-process.ts'

const command = ['--entry', 'cli/main.ts', 'start']

/** A disk of so many megabytes, or null where none may be made. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (status === 0) return folder
  rmSync(folder, { recursive: true })
  return null
}

const release = (folder: string) => {
  spawnSync('umount', ['-l', folder])
  rmSync(folder, { recursive: true, force: true })
}

const trial = process.platform === 'linux' && process.getuid?.() === 0 ? smallDisk(1) : null
if (trial) release(trial)

function fill(folder: string): string {
  const path = join(folder, 'filler')
  const file = openSync(path, 'w')
  const block = Buffer.alloc(64 * 1024)
  try {
    for (;;) writeSync(file, block)
  } catch {
    // As full as it gets.
  } finally {
    closeSync(file)
  }
  return path
}

test.runIf(trial)(
  'a full disk is told in words at a first start, at a later one, and while the journal runs',
  async () => {
    const tiny = smallDisk(20) ?? ''
    onTestFinished(() => release(tiny))
    const first = spawnJournal({ dataDir: tiny, command })
    expect(await first.exited).toBe(1)
    expect(first.output()).toContain('На диске кончилось место')
    expect(first.output()).not.toMatch(/PANIC|FATAL|initdb|ENOSPC/)

    const dataDir = smallDisk(700) ?? ''
    onTestFinished(() => release(dataDir))
    const journal = await startJournal({ dataDir, command })
    const ready = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1100)) // what a look has found is believed for a second
      const answer = await fetch(`http://127.0.0.1:${journal.port}/readyz`)
      return { status: answer.status, body: await answer.json() }
    }
    expect(await ready()).toMatchObject({ status: 200 })
    const filler = fill(dataDir)
    expect(await ready()).toMatchObject({ status: 503 })
    journal.child.kill('SIGTERM')
    await journal.exited

    const again = spawnJournal({ dataDir, command })
    expect(await again.exited).toBe(1)
    expect(again.output()).toContain('На диске кончилось место')
    truncateSync(filler, 520 * 1024 * 1024)
    const back = await startJournal({ dataDir, command })
    expect((await fetch(`http://127.0.0.1:${back.port}/readyz`)).status).toBe(200)
    expect(back.output().match(/Диск с папкой данных заполнен на \d\d %/g)).toHaveLength(1)
  },
  180_000,
)
