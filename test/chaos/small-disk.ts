import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A disk of so many megabytes, gone when the test ends; null where none may be made. */
export function smallDisk(megabytes: number): string | null {
  const folder = mountSmall(megabytes)
  if (folder) onTestFinished(() => release(folder))
  return folder
}

function mountSmall(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (status === 0) return folder
  rmSync(folder, { recursive: true })
  return null
}

function release(folder: string): void {
  spawnSync('umount', ['-l', folder])
  rmSync(folder, { recursive: true, force: true })
}

/** Whether this machine lets a test make disks of its own. */
export function canMakeDisks(): boolean {
  const trial = process.platform === 'linux' && process.getuid?.() === 0 ? mountSmall(1) : null
  if (trial) release(trial)
  return trial !== null
}

/** Writes on in a file until the disk has no room left; its path. */
export function fill(folder: string): string {
  const path = join(folder, 'filler')
  const file = openSync(path, 'a')
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
