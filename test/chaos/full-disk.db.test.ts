import { truncateSync } from 'node:fs'
import { expect, test } from 'vitest'
import { spawnJournal, startJournal } from './journal-process.ts'
import { canMakeDisks, fill, smallDisk } from './small-disk.ts'

const command = ['--entry', 'cli/main.ts', 'start']

test.runIf(canMakeDisks())(
  'a full disk is told in words at a first start, at a later one, and while the journal runs',
  async () => {
    const tiny = smallDisk(20) ?? ''
    const first = spawnJournal({ dataDir: tiny, command })
    expect(await first.exited).toBe(1)
    expect(first.output()).toContain('На диске кончилось место')
    expect(first.output()).not.toMatch(/PANIC|FATAL|initdb|ENOSPC/)

    const dataDir = smallDisk(700) ?? ''
    const journal = await startJournal({ dataDir, command })
    const ready = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1100)) // what a look has found is believed for a second
      const answer = await fetch(`http://127.0.0.1:${journal.port}/readyz`)
      return { status: answer.status, body: await answer.json() }
    }
    expect(await ready()).toMatchObject({ status: 200 })
    let filler = fill(dataDir)
    // A copy that was just being tried out beside leaves its room when there is none to go on.
    for (let tries = 0; tries < 10 && (await ready()).status === 200; tries++) filler = fill(dataDir)
    expect(await ready()).toMatchObject({ status: 503 })
    journal.child.kill('SIGTERM')
    await journal.exited
    fill(dataDir)

    const again = spawnJournal({ dataDir, command })
    expect(await again.exited).toBe(1)
    expect(again.output()).toContain('На диске кончилось место')
    // Room for the log, its way out and the copy that are begun at once; a disk to warn of nevertheless.
    truncateSync(filler, 420 * 1024 * 1024)
    const back = await startJournal({ dataDir, command, environment: { DISK_WARN_PERCENT: '50' } })
    expect((await fetch(`http://127.0.0.1:${back.port}/readyz`)).status).toBe(200)
    expect(back.output().match(/Диск с папкой данных заполнен на \d\d %/g)).toHaveLength(1)
  },
  180_000,
)
