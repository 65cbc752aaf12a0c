import { join } from 'node:path'
import type { BackupState } from '#contract/backups.ts'
import { writeWhole } from './folder.ts'

/** What monitoring reads: written each minute, so that a file that has grown old is an alarm too. */
export const watchFile = (dataDir: string): string => join(dataDir, 'backup-state.json')

/** What there is to know about backups without looking into the folder: how old it is, and what is wrong. */
export type BackupSummary = Pick<BackupState, 'alarms' | 'savedUntil' | 'nextAt'> & {
  at: string
  provenAt: string | null
  /** In words for people: what waits for room on a disk, and what to do. */
  waits: string[]
}

/** The same of a state, with what waits for room. */
export function summaryOf(state: BackupState, waiting: readonly Error[], now: Date): BackupSummary {
  const { alarms, savedUntil, nextAt, backups } = state
  const provenAt = backups.find(({ proven }) => proven?.same)?.proven?.at ?? null
  return {
    at: now.toISOString(),
    alarms,
    savedUntil,
    nextAt,
    provenAt,
    waits: waiting.map(({ message }) => message),
  }
}

/** Writes it for whoever watches this machine from outside. */
export const writeWatch = (dataDir: string, summary: BackupSummary): Promise<void> =>
  writeWhole(watchFile(dataDir), `${JSON.stringify(summary, null, 2)}\n`)
