import type { BackupState, PaperKey } from '#contract/backups.ts'
import type { Moments } from './moments.ts'
import type { FolderRefusal } from './places.ts'
import type { BackupSummary } from './watch.ts'

/** Backups of the bundled PostgreSQL as the running server keeps them. */
export type Backups = {
  /** How they stand now; reads the folder. */
  state: () => Promise<BackupState>
  /** What was last looked at, a minute ago at most; null before the first look. */
  summary: () => BackupSummary | null
  /** Begins a full copy; why not, where one is being made or would not fit. */
  begin: () => Promise<'backup-running' | 'backup-no-room' | null>
  /**
   * Writes copies to another folder from now on, beginning with a full one; what lies in the old one stays there. The
   * disk of the data or of the system is taken only where it is meant (`sameDisk`).
   */
  moveTo: (folder: string, sameDisk: boolean) => Promise<FolderRefusal | null>
  /** Makes a key on paper for this person to type back within the hour; until then it opens nothing and is kept nowhere. */
  offerPaperKey: (personId: string) => Promise<PaperKey>
  /**
   * Takes a key (its `age` recipient) as typed back by this person: the one offered to them opens copies from the one
   * begun now, the one that stands is proved again. False for any other, which changes nothing.
   */
  provePaperKey: (personId: string, recipient: string) => boolean
  /** Lets a key on paper (its `age` recipient) open what is written from now on; proven by being typed back. */
  acceptPaperKey: (recipient: string) => Promise<void>
  /** The recipient of the key on paper, null before there is one. */
  paperRecipient: () => string | null
  /** A moment of these copies, opened beside to be read. */
  moments: Moments
  /** Ends the work in hand; what is half written is thrown away. */
  stop: () => Promise<void>
}
