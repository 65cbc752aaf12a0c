import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backup, BackupState } from '#contract/backups.ts'
import { backupAlarms } from '#domain/backups/alarms.ts'
import { nextBackupAt } from '#domain/backups/schedule.ts'
import { basesIn, isThere, segmentsIn } from './folder.ts'
import { onOneDisk } from './places.ts'
import { proofOf } from './proofs.ts'
import { segmentsFor } from './restore.ts'
import type { Remembered } from './settings.ts'

/** What a keeper knows at this moment. */
export type Known = {
  dataDir: string
  folder: string
  root: string
  memory: Remembered
  isFull: boolean
  lacking: BackupState['lacking']
  running: BackupState['running']
  waitingBytes: number
  now: Date
}

/** The copies of a folder, newest first, each with the span of moments that can be restored from it. */
export async function backupsIn(root: string): Promise<Backup[]> {
  const kept = await segmentsIn(root)
  const bases = await basesIn(root)
  const backups: Backup[] = []
  for (const base of bases) {
    const last = segmentsFor(base, kept, null).at(-1)
    // Without its own log a copy is nothing.
    if (!last || last.place < base.about.lastPlace) continue
    const proof = await proofOf(base)
    backups.unshift({
      name: base.name,
      from: base.about.to,
      to: new Date(Math.max(last.at.getTime(), Date.parse(base.about.to))).toISOString(),
      bytes: base.about.bytes,
      holds: base.about.holds,
      proven: proof && { at: proof.at, same: proof.same },
    })
  }
  return backups
}

/** How the backups stand, as an administrator is told. */
export async function stateOf(known: Known): Promise<BackupState> {
  const { dataDir, folder, root, memory, now } = known
  const there = await isThere(root, memory.installation)
  const backups = there ? await backupsIn(root) : []
  const [newest] = backups
  const proven = backups.find((one) => one.proven !== null)?.proven ?? null
  const begun = await stat(join(dataDir, 'postgres')).catch(() => null)
  const alarms = backupAlarms(
    {
      sameDisk: await onOneDisk(folder, dataDir),
      folderThere: there,
      folderFull: known.isFull,
      givenUp: memory.gap,
      copyLacksRoom: known.lacking.copy !== null,
      proofLacksRoom: known.lacking.proof !== null,
      lastBackup: newest ? Date.parse(newest.from) : null,
      lastProof: proven && { at: Date.parse(proven.at), same: proven.same },
      paperProvenAt: memory.paper ? Date.parse(memory.paper.provenAt) : null,
      since: begun?.birthtimeMs ?? now.getTime(),
    },
    now.getTime(),
  )
  const next = nextBackupAt(newest ? Date.parse(newest.from) : null, -now.getTimezoneOffset())
  return {
    folder,
    backups,
    savedUntil: newest?.to ?? null,
    waitingMegabytes: Math.ceil(known.waitingBytes / 2 ** 20),
    nextAt: new Date(Math.max(next, now.getTime())).toISOString(),
    running: known.running,
    lacking: known.lacking,
    paperKeyProvenAt: memory.paper?.provenAt ?? null,
    alarms,
  }
}
