import type { BackupOverview, PutBackupFolder } from '#contract/backups.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Backups } from '#platform/backup/backups.ts'
import type { Call } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'

type Done = Record<string, never>

/** How backups stand now; no state where the database is somebody else's to copy. */
export async function readBackups({ backups }: Call): Promise<BackupOverview> {
  return { state: backups ? await backups.state() : null }
}

/** The backups this program keeps; refused where the database is somebody else's to copy. */
export function own({ backups }: Call): Backups {
  if (!backups) throw new Refused('backups-elsewhere')
  return backups
}

// The line is written first: refused, it goes with the transaction; done and not told of, it would be a secret.
export const audit = (call: Call, action: string, detail?: Record<string, unknown>): Promise<void> =>
  recordAudit(call, { action, resource: 'backup', ...(detail && { detail }) })

export async function beginBackup(call: Call): Promise<Done> {
  const backups = own(call)
  await audit(call, 'backup.begin')
  const refusal = await backups.begin()
  if (refusal) throw new Refused(refusal)
  return {}
}

/** Chooses the folder copies are written to, beginning with a full one; refused when it cannot take them. */
export async function putBackupFolder(call: Call, { folder, sameDisk }: PutBackupFolder): Promise<Done> {
  const backups = own(call)
  await audit(call, 'backup-folder.put', { folder })
  const refusal = await backups.moveTo(folder, sameDisk ?? false)
  if (refusal) throw new Refused(refusal, { path: 'folder' })
  return {}
}
