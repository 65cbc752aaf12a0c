import { z } from 'zod'
import { BACKUP_ALARMS } from '#domain/backups/alarms.ts'

const Moment = z.iso.datetime()
const Count = z.number().int().min(0)

/** What the journal held at a moment, to be told apart from another by: counts of rows and the day of its last lesson. */
export const Holdings = z.strictObject({
  students: Count,
  lessons: Count,
  marks: Count,
  lastLessonOn: z.iso.date().nullable(),
})
export type Holdings = z.infer<typeof Holdings>

/**
 * A full copy and what can be restored from it: every moment from `from` to `to`. `bytes` are those of the sealed copy;
 * `holds` is null where the journal could not be asked (before an update), `proven` whether it was restored and compared, with `null` while nobody has tried.
 */
export const Backup = z.strictObject({
  name: z.string(),
  from: Moment,
  to: Moment,
  bytes: Count,
  holds: Holdings.nullable(),
  proven: z.strictObject({ at: Moment, same: z.boolean() }).nullable(),
})
export type Backup = z.infer<typeof Backup>

/** What keeps copies from being made or from being of use; each has its words on the screen. */
export const BackupAlarm = z.enum(BACKUP_ALARMS)
export type BackupAlarm = z.infer<typeof BackupAlarm>

/**
 * Backups as an administrator sees them (2.3). `savedUntil` is the moment up to which everything is in the folder,
 * `waitingMegabytes` what has not reached it yet; `running` counts hundredths of the copy that is being made.
 */
export const BackupState = z.strictObject({
  folder: z.string(),
  backups: z.array(Backup),
  savedUntil: Moment.nullable(),
  waitingMegabytes: Count,
  nextAt: Moment.nullable(),
  running: z.strictObject({ since: Moment, percent: z.number().int().min(0).max(100) }).nullable(),
  paperKeyProvenAt: Moment.nullable(),
  /** Megabytes to be freed before a copy, or a proof, that waits for room can be made; null where none waits. */
  lacking: z.strictObject({ copy: Count.nullable(), proof: Count.nullable() }),
  alarms: z.array(BackupAlarm),
})
export type BackupState = z.infer<typeof BackupState>

/** The state where the bundled PostgreSQL is copied by the program; null where `DATABASE_URL` leaves it to others. */
export const BackupOverview = z.strictObject({ state: BackupState.nullable() })
export type BackupOverview = z.infer<typeof BackupOverview>

/** Another folder for copies, as the server names it: absolute. On the journal's own disk only where that is meant. */
export const PutBackupFolder = z.strictObject({
  folder: z.string().trim().min(1).max(1000),
  sameDisk: z.boolean().optional(),
})
export type PutBackupFolder = z.infer<typeof PutBackupFolder>

/** The key on paper: twelve words and the same key as `age` takes it, shown once and kept nowhere. */
export const PaperKey = z.strictObject({ words: z.array(z.string()), identity: z.string() })
export type PaperKey = z.infer<typeof PaperKey>

/** The words as typed back from the paper. */
export const ProvePaperKey = z.strictObject({ words: z.string().max(2000) })
export type ProvePaperKey = z.infer<typeof ProvePaperKey>

/**
 * The words were those of the key. `mended` names each that was typed with a slip and understood all the same; absent
 * where this was answered once before, since no part of a key is kept.
 */
export const ProvedPaperKey = z.strictObject({
  mended: z.array(z.strictObject({ at: Count, typed: z.string(), taken: z.string() })).optional(),
})
export type ProvedPaperKey = z.infer<typeof ProvedPaperKey>
