import { existsSync } from 'node:fs'
import { readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { RestoreOutcome } from '#contract/restores.ts'
import { isAlive } from '../embedded/pid-file.ts'
import { backupWords } from './backup.words.ts'
import { BackupRefused } from './fault.ts'
import { writeWhole } from './folder.ts'
import { discard } from './restore.ts'
import { draftOf } from './restoring.ts'
import { stampOf } from './segments.ts'
import { asideOf, finishSwap } from './swap.ts'

/** A restore that a serving process has begun: by which number, when, and to which moment. */
const Begun = z.strictObject({
  pid: z.number().int(),
  at: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
})

const begunFile = (dataDir: string): string => join(dataDir, 'restoring.json')
const outcomeFile = (dataDir: string): string => join(dataDir, 'last-restore.json')

const BEAT_MS = 5_000
// A number may be a stranger's after the machine has been started again: by then nobody has touched the file for long.
const SILENT_MS = 60_000

/** Says that this process restores the folder, until told that it does not any more. */
export async function beginRestoring(
  dataDir: string,
  { at, until }: { at: Date; until: Date | null },
): Promise<{ end: () => Promise<void>; pause: () => void }> {
  const begun = { pid: process.pid, at: at.toISOString(), until: until?.toISOString() ?? null }
  await writeWhole(begunFile(dataDir), JSON.stringify(begun))
  const beat = setInterval(() => {
    const now = new Date()
    void utimes(begunFile(dataDir), now, now).catch(() => undefined)
  }, BEAT_MS).unref()
  const pause = () => clearInterval(beat)
  return {
    pause,
    end: async () => {
      pause()
      await rm(begunFile(dataDir), { force: true })
    },
  }
}

/**
 * Ends what a restore has left that was cut short: once its swap was decided on it is finished, before that it is undone,
 * and what became of it is kept for the page. Refuses a folder that another process is restoring.
 */
export async function endCutShort(dataDir: string): Promise<void> {
  const text = await readFile(begunFile(dataDir), 'utf8').catch(() => null)
  const begun = text === null ? null : Begun.parse(JSON.parse(text))
  if (begun && begun.pid !== process.pid && isAlive(begun.pid) && (await isFresh(dataDir)))
    throw new BackupRefused('being-restored', dataDir)
  await finishSwap(dataDir)
  if (!begun) return
  const at = new Date(begun.at)
  const draft = join(dataDir, draftOf(at))
  const aside = join(dataDir, asideOf(stampOf(at)))
  const isDone = !existsSync(draft) && existsSync(aside)
  await discard(draft)
  const { until } = begun
  await keepOutcome(
    dataDir,
    isDone
      ? { at: begun.at, until, aside, failure: null }
      : { at: begun.at, until: null, aside: null, failure: backupWords('cut-short') },
  )
  await rm(begunFile(dataDir), { force: true })
}

async function isFresh(dataDir: string): Promise<boolean> {
  const found = await stat(begunFile(dataDir)).catch(() => null)
  return found !== null && Date.now() - found.mtimeMs < SILENT_MS
}

/** Keeps how a restore ended beside the data. */
export const keepOutcome = (dataDir: string, outcome: RestoreOutcome): Promise<void> =>
  writeWhole(outcomeFile(dataDir), JSON.stringify(outcome, null, 2))

/** How the last restore that was begun from a page ended; null when there was none. */
export async function lastOutcome(dataDir: string): Promise<RestoreOutcome | null> {
  try {
    return RestoreOutcome.parse(JSON.parse(await readFile(outcomeFile(dataDir), 'utf8')))
  } catch {
    return null
  }
}
