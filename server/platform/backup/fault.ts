import { type BackupFault, backupWords } from './backup.words.ts'

/** A copy cannot be made, read or restored; `message` is for the person at the terminal. */
export class BackupRefused extends Error {
  readonly fault: BackupFault
  constructor(fault: BackupFault, detail = '') {
    super(backupWords(fault, detail))
    this.fault = fault
  }
}
