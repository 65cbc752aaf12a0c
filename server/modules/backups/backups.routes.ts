import {
  BackupOverview,
  PaperKey,
  ProvedPaperKey,
  ProvePaperKey,
  PutBackupFolder,
} from '#contract/backups.ts'
import { Nothing } from '#contract/shapes.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { beginBackup, putBackupFolder, readBackups } from './keep-backups.ts'
import { offerPaperKey, provePaperKey } from './prove-paper-key.ts'
import { restoreOperations } from './restore.routes.ts'
import { READ, WRITE } from './rights.ts'

const PAPER_KEY = '/api/backups/paper-key'

const locks = () => ['backups']

export const backupOperations: Operation[] = [
  operation({
    id: 'backups.read',
    summary: 'Copies there are, what each holds, up to when everything is saved, and what is wrong',
    method: 'GET',
    path: '/api/backups',
    access: READ,
    answer: BackupOverview,
    handle: (call) => readBackups(call),
  }),
  operation({
    id: 'backups.begin',
    summary: 'Begin a full copy now',
    method: 'POST',
    path: '/api/backups/copies',
    access: WRITE,
    body: Nothing,
    answer: Nothing,
    locks,
    handle: (call) => beginBackup(call),
  }),
  operation({
    id: 'backups.put-folder',
    summary: 'Write copies to another folder from now on; what lies in the old one stays',
    method: 'PUT',
    path: '/api/backups/folder',
    access: WRITE,
    body: PutBackupFolder,
    // Whoever moves it takes every record there is along.
    stepUp: true,
    answer: Nothing,
    locks,
    handle: (call, { body }) => putBackupFolder(call, body),
  }),
  operation({
    id: 'backups.offer-paper-key',
    summary:
      'Make a key on paper, shown once; it opens nothing until its words are typed back within the hour',
    method: 'POST',
    path: PAPER_KEY,
    access: WRITE,
    body: Nothing,
    // Whoever holds it opens every record there is.
    stepUp: true,
    answer: PaperKey,
    secret: true,
    locks,
    handle: (call) => offerPaperKey(call),
  }),
  operation({
    id: 'backups.prove-paper-key',
    summary:
      'Type the words of the key on paper back: a new one begins to open copies, the one that stands is proved',
    method: 'PUT',
    path: PAPER_KEY,
    access: WRITE,
    body: ProvePaperKey,
    answer: ProvedPaperKey,
    secret: true,
    locks,
    handle: (call, { body }) => provePaperKey(call, body),
  }),
  ...restoreOperations,
]
