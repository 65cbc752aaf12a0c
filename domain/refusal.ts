import type { ApprovalRefusal } from './access/approval.ts'
import type { SecondFactorRefusal } from './access/second-factor.ts'
import type { PaperRefusal } from './backups/paper-typing.ts'
import type { CellRefusal } from './marks/cell.ts'
import type { SpellingDoubt } from './people/spelling.ts'

/** Reasons that do not come from a rule of the trade but from how the system is used. */
export type UseRefusal =
  | 'bad-shape'
  | 'signed-out'
  | 'not-found'
  | 'version-conflict'
  | 'operation-reused'
  | 'operation-missing'
  | 'journal-restored'
  | 'shown-once'
  | 'too-large'
  | 'too-many-requests'
  | 'busy'
  | 'restarting'
  | 'disk-full'
  | 'database-away'
  | 'not-durable'
  | 'too-slow'
  | 'clock-behind'
  | 'wrong-login-or-password'
  | 'wrong-password'
  | 'too-many-failures'
  | 'first-password-expired'
  | 'password-change-needed'
  | 'rules-acceptance-needed'
  | 'password-too-short'
  | 'password-too-common'
  | 'password-from-name'
  | 'password-unchanged'
  | 'login-taken'
  | 'setup-link-used'
  | 'wrong-code'
  | 'code-used'
  | 'half-session-over'
  | 'draft-over'
  | 'second-factor-exists'
  | 'second-factor-missing'
  | 'second-factor-required'
  | 'second-factor-unreadable'
  | 'no-role-now'
  | 'foreign-origin'
  | 'failure'

/** Reasons of lessons, works, substitutions and accounts. */
export type KeepingRefusal =
  | 'work-has-marks'
  | 'first-work-stays'
  | 'lesson-taken'
  | 'substitute-is-teacher'
  | 'substitute-busy'
  | 'teacher-substitutes-elsewhere'
  | 'topic-needed'
  | 'own-role-stays'
  | 'own-role-added'
  | 'own-account-stays'
  | 'account-exists'
  | 'already-asked'
  | 'request-outdated'
  | 'handover-over'
  | 'role-twice'
  | 'person-may-be-double'
  | 'name-taken'
  | 'last-work-type'
  | 'span-backwards'
  | 'may-not-open-window'
  | 'window-already-over'
  | 'period-not-begun'
  | 'period-already-closed'
  | 'period-not-closed'
  | 'entry-decided'
  | 'entry-referred'
  | 'entry-fits-no-more'

/**
 * Reasons of backups: one is being made or finds no room, the database is another's to copy, the folder cannot take them, the words are
 * those of another key, or a moment has not come, may not be opened beside another, or is not open.
 */
export type BackupRefusal =
  | 'backup-running'
  | 'backup-no-room'
  | 'backups-elsewhere'
  | 'backup-folder-silent'
  | 'folder-unwritable'
  | 'folder-on-same-disk'
  | 'folder-inside-data'
  | 'folder-not-absolute'
  | 'paper-key-another'
  | 'moment-ahead'
  | 'moment-taken'
  | 'moment-closed'
  | 'nothing-stood'

/**
 * Reasons of restoring: what was named holds no copies, or those of several journals, or no such moment; the key opens
 * nothing; a copy is damaged; there is no room; the word was not typed; or it is being done already, or the database is
 * being carried over to the next PostgreSQL.
 */
export type RestoreRefusal =
  | 'copies-folder-absent'
  | 'copies-absent'
  | 'copies-several'
  | 'copies-key-needed'
  | 'copies-key-another'
  | 'copy-key-another'
  | 'copies-newer'
  | 'copy-damaged'
  | 'moment-not-held'
  | 'moment-in-hole'
  | 'restore-no-room'
  | 'restore-word'
  | 'restoring'
  | 'carrying'

/** Every reason the school's rules and the system can say no. Words for each: `refusal.words.ts`. */
export type Refusal =
  | ApprovalRefusal
  | BackupRefusal
  | CellRefusal
  | KeepingRefusal
  | PaperRefusal['refused']
  | RestoreRefusal
  | SecondFactorRefusal
  | SpellingDoubt
  | UseRefusal
