import { rm, stat, utimes } from 'node:fs/promises'
import { writeWhole } from './backup/folder.ts'
import { isAlive } from './embedded/pid-file.ts'

const BEAT_MS = 5_000
// A number may be a stranger's after the machine has been started again: by then nobody has touched the file for long.
const SILENT_MS = 60_000

/** A file that says, as long as it is touched, that a process is at work on a folder which nobody else may serve. */
export type Beating = { end: () => Promise<void>; pause: () => void }

/** Writes it and touches it again and again; `end` takes it away, `pause` leaves it to go silent. */
export async function beginBeating(file: string, text: string): Promise<Beating> {
  await writeWhole(file, text)
  const beat = setInterval(() => {
    const now = new Date()
    void utimes(file, now, now).catch(() => undefined)
  }, BEAT_MS).unref()
  const pause = () => clearInterval(beat)
  return {
    pause,
    end: async () => {
      pause()
      await rm(file, { force: true })
    },
  }
}

/** Whether another process, by the number that the file tells, is still at the work it tells of. */
export async function beatsElsewhere(file: string, pid: number): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return false
  const found = await stat(file).catch(() => null)
  return found !== null && Date.now() - found.mtimeMs < SILENT_MS
}
