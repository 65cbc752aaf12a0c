/** What keeps copies from being made or from being of use, the gravest first. */
export const BACKUP_ALARMS = [
  'folder-absent',
  'folder-full',
  'archive-given-up',
  'copy-no-room',
  'proof-failed',
  'no-backup',
  'proof-no-room',
  'not-proven',
  'same-disk',
  'no-paper-key',
  'paper-key-due',
] as const
export type BackupAlarm = (typeof BACKUP_ALARMS)[number]

/** What is known of an installation's copies; moments in milliseconds, null where there is none. */
export type BackupFacts = {
  sameDisk: boolean
  folderThere: boolean
  /** The last try to write there found no room. */
  folderFull: boolean
  givenUp: boolean
  /** A whole copy, or a proof, waits for room or was broken off for want of it. */
  copyLacksRoom: boolean
  proofLacksRoom: boolean
  lastBackup: number | null
  lastProof: { at: number; same: boolean } | null
  paperProvenAt: number | null
  /** When the installation began to keep copies. */
  since: number
}

const HOUR = 60 * 60 * 1000
/** After so long without a copy, or one proven, somebody has to look (a night and two hours). */
export const STALE_HOURS = 26
/** After so long the key on paper is typed back once more. */
export const PAPER_DAYS = 90

/** The alarms of these facts, the gravest first. */
export function backupAlarms(facts: BackupFacts, now: number): BackupAlarm[] {
  const stale = (at: number | null) => now - (at ?? facts.since) > STALE_HOURS * HOUR
  const { lastProof, paperProvenAt } = facts
  const rings: Record<BackupAlarm, boolean> = {
    'folder-absent': !facts.folderThere,
    'folder-full': facts.folderThere && facts.folderFull,
    'archive-given-up': facts.givenUp,
    'copy-no-room': facts.copyLacksRoom,
    'proof-failed': lastProof !== null && !lastProof.same,
    'no-backup': stale(facts.lastBackup),
    'proof-no-room': facts.proofLacksRoom,
    'not-proven': stale(lastProof?.at ?? null),
    'same-disk': facts.sameDisk,
    'no-paper-key': paperProvenAt === null,
    'paper-key-due': paperProvenAt !== null && now - paperProvenAt > PAPER_DAYS * 24 * HOUR,
  }
  return BACKUP_ALARMS.filter((alarm) => rings[alarm])
}
