import { expect, test } from 'vitest'
import type { Backup, BackupAlarm, BackupState } from '#contract/backups.ts'
import { alarmWords, newestFirst, spanOf, standingOf, toldAlarms } from './backups.ts'

const ALARMS = Object.keys(alarmWords) as BackupAlarm[]

const copy = (from: string, to: string): Backup => ({
  name: from,
  from,
  to,
  bytes: 1,
  holds: { students: 1, lessons: 1, marks: 1, lastLessonOn: null },
  proven: null,
})

const state = (alarms: BackupAlarm[], more: Partial<BackupState> = {}): BackupState => ({
  folder: '/mnt/kopii',
  backups: [copy('2026-11-12T03:40:00', '2026-11-12T12:41:00')],
  savedUntil: '2026-11-12T12:41:00',
  waitingMegabytes: 0,
  nextAt: null,
  running: null,
  paperKeyProvenAt: null,
  lacking: { copy: null, proof: null },
  alarms,
  ...more,
})

const toldOf = (alarms: BackupAlarm[], more: Partial<BackupState> = {}): string => {
  const { tone, sentence } = standingOf(state(alarms, more), '2026-11-12')
  return `${tone}: ${sentence}`
}

const running = { since: '2026-11-12T12:40:00', percent: 3 }

test.each<[BackupAlarm[], Partial<BackupState>, string]>([
  [[], {}, 'good: Всё сохранено до 12:41'],
  [[], { savedUntil: '2026-11-11T18:20:00' }, 'good: Всё сохранено до 11 ноября, 18:20'],
  [[], { savedUntil: null }, 'good: Всё сохранено до 12:41'],
  [['paper-key-due'], {}, 'good: Всё сохранено до 12:41'],
  [['no-paper-key'], {}, 'warn: Всё сохранено до 12:41, но открыть копии может только этот сервер'],
  [['not-proven'], {}, 'warn: Всё сохранено до 12:41, но последняя копия давно не проверена'],
  [['folder-absent'], {}, 'warn: Сохранено до 12:41, новое в копию пока не попадает'],
  [['folder-full'], {}, 'warn: Сохранено до 12:41, новое в копию пока не попадает'],
  [['archive-given-up', 'folder-absent'], {}, 'warn: Сохранено до 12:41, новое в копию пока не попадает'],
  [['proof-failed'], {}, 'error: Всё сохранено до 12:41, но за последнюю копию поручиться нельзя'],
  [['copy-no-room'], {}, 'warn: Всё сохранено до 12:41, но для новой полной копии нет места'],
  [['proof-no-room'], {}, 'warn: Всё сохранено до 12:41, но проверить последнюю копию негде'],
  [['copy-no-room'], { backups: [] }, 'error: Копий журнала в этой папке ещё нет'],
  [['same-disk'], {}, 'error: Отказа диска журнал сейчас не переживёт'],
  [['no-backup'], {}, 'warn: Всё сохранено до 12:41, но свежей полной копии нет'],
  // Copies in a folder that is away cannot be seen; that is not to say that there are none.
  [
    ['folder-absent', 'same-disk', 'no-backup'],
    { backups: [], savedUntil: null },
    'error: Новое в копию сейчас не попадает',
  ],
  [['no-backup'], { backups: [], savedUntil: null }, 'error: Копий журнала в этой папке ещё нет'],
  // The log reaches the folder from the first minute on, but nothing can be restored without a copy to begin from.
  [['no-backup'], { backups: [] }, 'error: Копий журнала в этой папке ещё нет'],
  [['no-backup'], { backups: [], running }, 'warn: Первая копия в этой папке делается'],
])('with %j and %j it says «%s»', (alarms, more, told) => {
  expect(toldOf(alarms, more)).toBe(told)
})

test('copies on the disk of the journal promise nothing, whatever else is wrong or well', () => {
  for (const alarm of ALARMS.filter((one) => one !== 'folder-absent'))
    expect(toldOf(['same-disk', alarm])).toMatch(/^error: Отказа диска/)
})

test('every alarm has its word; of a folder that is away neither its disk nor its copies are told', () => {
  expect(toldAlarms({ alarms: [...ALARMS].reverse() })).toEqual(
    ALARMS.filter((one) => one !== 'same-disk' && one !== 'no-backup'),
  )
  for (const alarm of ALARMS) expect(toldAlarms({ alarms: [alarm] })).toEqual([alarm])
})

test('with several things wrong nothing worse is left unsaid for something milder', () => {
  const order = ['good', 'warn', 'error']
  const toneOf = (alarms: BackupAlarm[]) => order.indexOf(standingOf(state(alarms), '2026-11-12').tone)
  const seen = ALARMS.filter((one) => one !== 'folder-absent')
  for (const one of seen)
    for (const other of seen)
      expect(toneOf([one, other]), `${one}, ${other}`).toBe(Math.max(toneOf([one]), toneOf([other])))
})

test('the newest copy comes first', () => {
  const [old, middle, fresh] = ['2026-11-10', '2026-11-11', '2026-11-12'].map((day) =>
    copy(`${day}T03:40:00Z`, `${day}T04:00:00Z`),
  ) as [Backup, Backup, Backup]
  expect(newestFirst([middle, fresh, old])).toEqual([fresh, middle, old])
})

test.each<[string, Backup[], [string, string] | null]>([
  ['none', [], null],
  // Whoever types 03:40 means 03:40:00, which is before the copy.
  ['one', [copy('2026-11-12T03:40:07Z', '2026-11-12T12:41:30Z')], ['03:41:00', '12:41:30']],
  ['begun with the minute', [copy('2026-11-12T03:40:00Z', '2026-11-12T03:40:00Z')], ['03:40:00', '03:40:00']],
  ['no minute within', [copy('2026-11-12T03:40:07Z', '2026-11-12T03:40:59Z')], null],
  [
    'the oldest has no log',
    [
      copy('2026-11-12T03:40:07Z', '2026-11-12T12:41:30Z'),
      copy('2026-11-10T03:40:07Z', '2026-11-10T03:40:07Z'),
    ],
    ['03:41:00', '12:41:30'],
  ],
])('the minutes that can be typed: %s', (_, copies, span) => {
  const found = spanOf(copies)
  expect(
    found && [found.from, found.to].map((moment) => new Date(moment).toISOString().slice(11, 19)),
  ).toEqual(span)
})
