import type { Page } from '@playwright/test'
import { type Backup, BackupOverview, type BackupState } from '#contract/backups.ts'

const holds = { students: 48, lessons: 612, marks: 3_104, lastLessonOn: '2026-11-11' }
const nightly = (day: string, more: Partial<Backup> = {}): Backup => ({
  name: `copy-${day}`,
  from: `${day}T00:40:00Z`,
  to: '2026-11-12T09:41:00Z',
  bytes: 312 * 2 ** 20,
  holds,
  proven: { at: `${day}T01:10:00Z`, same: true },
  ...more,
})

/** Noon in Moscow on the day of the journeys; three copies on a disk of their own, all proven but the newest. */
export const WELL: BackupState = {
  folder: '/mnt/kopii/zhuravl',
  backups: [
    nightly('2026-11-10', {
      to: '2026-11-10T00:40:20Z',
      holds: { ...holds, lessons: 590, marks: 2_870, lastLessonOn: '2026-11-09' },
    }),
    nightly('2026-11-12', { proven: null }),
    nightly('2026-11-11'),
  ],
  savedUntil: '2026-11-12T09:41:00Z',
  waitingMegabytes: 0,
  nextAt: '2026-11-13T00:40:00Z',
  running: null,
  paperKeyProvenAt: '2026-11-01T09:00:00Z',
  lacking: { copy: null, proof: null },
  alarms: [],
}

/** As it is after the first start: nobody has chosen a folder. */
export const SAME_DISK: BackupState = {
  ...WELL,
  folder: '/srv/zhuravl/backups',
  paperKeyProvenAt: null,
  alarms: ['same-disk', 'no-paper-key'],
}

/** Nothing yet; the first copy is being made. */
export const FIRST_RUNNING: BackupState = {
  ...WELL,
  backups: [],
  savedUntil: null,
  nextAt: null,
  running: { since: '2026-11-12T09:35:00Z', percent: 42 },
  alarms: ['no-backup'],
}

/** The disk of the folder was pulled out: what lies there cannot be seen. */
export const AWAY: BackupState = {
  ...WELL,
  backups: [],
  savedUntil: null,
  waitingMegabytes: 48,
  alarms: ['folder-absent', 'same-disk'],
}

/** Everything that can be wrong at once with a folder that is there, while a copy is made, with a folder of a very long name. */
export const ALL_WRONG: BackupState = {
  ...WELL,
  folder: `/mnt/${'ochen-dlinnoe-imya-papki'.repeat(6)}/kopii`,
  backups: WELL.backups.map((one) => ({ ...one, proven: { at: one.from, same: false } })),
  savedUntil: '2026-11-10T15:20:00Z',
  waitingMegabytes: 1_480,
  running: { since: '2026-11-12T09:35:00Z', percent: 42 },
  lacking: { copy: 118, proof: 2_240 },
  alarms: [
    'same-disk',
    'no-backup',
    'not-proven',
    'proof-failed',
    'folder-full',
    'archive-given-up',
    'copy-no-room',
    'proof-no-room',
    'no-paper-key',
    'paper-key-due',
  ],
}

/** Lets the page hear this state, one that the contract allows; what `now` returns is asked at each request. */
export async function hearBackups(page: Page, now: () => BackupState): Promise<void> {
  await page.route('**/api/backups', (route) =>
    route.fulfill({ json: BackupOverview.parse({ state: now() }) }),
  )
}
