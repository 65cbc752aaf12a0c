import { type Probe, plain } from '../probe.ts'
import { ADMINS, FOREIGN, TEACHERS } from '../rights.ts'

/** Another folder takes every record there is with it: it is the system administrator's, who looks after the server. */
const may = [...ADMINS, ...FOREIGN] as const

// The stage serves a database of somebody else's, which the program does not copy.
const elsewhere = (probe: Probe): Probe => ({
  targets: Object.fromEntries(
    Object.entries(probe.targets).map(([name, target]) => [name, { ...target, neverSucceeds: true }]),
  ),
})

export const backupProbes: Record<string, Probe> = {
  'backups.read': plain(['director', ...may]),
  'backups.begin': elsewhere(plain(may, { body: {} })),
  'backups.offer-paper-key': elsewhere(plain(may, { body: {} })),
  'backups.prove-paper-key': elsewhere(plain(may, { body: { words: 'абажур офорт' } })),
  'backups.read-restore': plain(['director', ...may]),
  'backups.read-losses': elsewhere(plain(may, { query: { to: '2026-11-12T05:00:00.000Z' } })),
  'backups.restore': elsewhere(
    plain(may, { body: { to: '2026-11-12T05:00:00.000Z', word: 'восстановить', words: null } }),
  ),
  'backups.read-restore-state': { open: true, targets: { own: { ask: {}, may: ['admin', 'anna'] } } },
  // Nobody hears of operations but of their own.
  'restores.find-lost': plain([...TEACHERS, ...FOREIGN], {
    query: { operationIds: '01a22d0f-c914-75a9-8388-7871a95fb0b1' },
  }),
  'restores.note-given-back': plain([...TEACHERS, ...FOREIGN], { body: { entered: 1, putAside: 0 } }),
  'backups.put-folder': elsewhere(plain(may, { body: { folder: '/mnt/kopii' } })),
}
