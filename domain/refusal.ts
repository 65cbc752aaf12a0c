import type { CellRefusal } from './marks/cell.ts'

/** Reasons that do not come from a rule of the trade but from how the system is used. */
export type UseRefusal =
  | 'bad-shape'
  | 'signed-out'
  | 'not-found'
  | 'version-conflict'
  | 'operation-reused'
  | 'operation-missing'
  | 'too-large'
  | 'too-many-requests'
  | 'busy'
  | 'wrong-login-or-password'
  | 'wrong-password'
  | 'too-many-failures'
  | 'first-password-expired'
  | 'password-change-needed'
  | 'rules-acceptance-needed'
  | 'password-too-short'
  | 'password-too-common'
  | 'password-unchanged'
  | 'login-taken'
  | 'setup-link-used'
  | 'no-role-now'
  | 'foreign-origin'
  | 'failure'

/** Reasons of lessons, works, substitutions and accounts. */
export type KeepingRefusal =
  | 'work-has-marks'
  | 'first-work-stays'
  | 'lesson-taken'
  | 'substitute-is-teacher'
  | 'topic-needed'
  | 'own-role-stays'
  | 'own-role-added'
  | 'own-account-stays'
  | 'account-exists'
  | 'role-twice'
  | 'person-may-be-double'
  | 'name-taken'
  | 'last-work-type'
  | 'span-backwards'
  | 'may-not-open-window'
  | 'window-already-over'

/** Every reason the school's rules and the system can say no. Words for each: `refusal.words.ts`. */
export type Refusal = CellRefusal | KeepingRefusal | UseRefusal
