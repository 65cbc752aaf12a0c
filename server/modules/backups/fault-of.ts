import type { Refusal } from '#domain/refusal.ts'
import type { BackupFault } from '#platform/backup/backup.words.ts'
import { BackupRefused } from '#platform/backup/fault.ts'
import { Refused } from '#platform/errors.ts'

type At = { refusal: Refusal; path?: 'folder' | 'words' | 'to' }

const damaged: At = { refusal: 'copy-damaged', path: 'to' }
const otherMajor: At = { refusal: 'copies-newer', path: 'to' }
const FAULTS: Partial<Record<BackupFault, At>> = {
  'folder-absent': { refusal: 'copies-folder-absent', path: 'folder' },
  'no-such-folder': { refusal: 'copies-folder-absent', path: 'folder' },
  'folder-not-absolute': { refusal: 'folder-not-absolute', path: 'folder' },
  'nothing-there': { refusal: 'copies-absent', path: 'folder' },
  'several-installations': { refusal: 'copies-several', path: 'folder' },
  'no-key': { refusal: 'copies-key-needed', path: 'words' },
  'wrong-key': { refusal: 'copies-key-another', path: 'words' },
  'no-such-moment': { refusal: 'moment-not-held', path: 'to' },
  'future-moment': { refusal: 'moment-not-held', path: 'to' },
  'log-hole': { refusal: 'moment-in-hole', path: 'to' },
  'file-missing': damaged,
  'file-broken': damaged,
  'not-as-copied': damaged,
  'newer-major': otherMajor,
  'older-major': otherMajor,
  'no-room': { refusal: 'restore-no-room' },
  'in-use': { refusal: 'restoring' },
  'being-restored': { refusal: 'restoring' },
}

/** What a page is told of a fault of backups, at the field it is about; any other error as it is. */
export function faultOf(error: unknown, typed: { words: boolean }): unknown {
  if (!(error instanceof BackupRefused)) return error
  // Nothing was typed: what is missing is the paper.
  const fault = error.fault === 'wrong-key' && !typed.words ? 'no-key' : error.fault
  const at = FAULTS[fault]
  if (!at) return error
  return new Refused(at.refusal, at.path ? { path: at.path } : {})
}
