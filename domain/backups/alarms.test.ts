import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BACKUP_ALARMS, type BackupFacts, backupAlarms } from './alarms.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR
const now = Date.parse('2026-11-30T12:00:00Z')
const well: BackupFacts = {
  sameDisk: false,
  folderThere: true,
  folderFull: false,
  givenUp: false,
  copyLacksRoom: false,
  proofLacksRoom: false,
  lastBackup: now - 10 * HOUR,
  lastProof: { at: now - 9 * HOUR, same: true },
  paperProvenAt: now - 10 * DAY,
  since: now - 300 * DAY,
}

describe('alarms of backups', () => {
  test.each<[string, Partial<BackupFacts>, string[]]>([
    ['nothing', {}, []],
    ['the folder is away', { folderThere: false }, ['folder-absent']],
    ['a folder that is away is not told full', { folderThere: false, folderFull: true }, ['folder-absent']],
    ['the folder is full', { folderFull: true }, ['folder-full']],
    ['what waited was given up', { givenUp: true }, ['archive-given-up']],
    ['a copy finds no room', { copyLacksRoom: true }, ['copy-no-room']],
    ['a proof finds no room', { proofLacksRoom: true }, ['proof-no-room']],
    ['both lie on one disk', { sameDisk: true }, ['same-disk']],
    ['26 hours without a copy are a night and two hours', { lastBackup: now - 26 * HOUR }, []],
    ['26 hours and a moment', { lastBackup: now - 26 * HOUR - 1 }, ['no-backup']],
    ['never a copy', { lastBackup: null }, ['no-backup']],
    ['not yet a copy on the first day', { lastBackup: null, lastProof: null, since: now - DAY }, []],
    ['26 hours without a proof', { lastProof: { at: now - 26 * HOUR - 1, same: true } }, ['not-proven']],
    ['never proven', { lastProof: null }, ['not-proven']],
    ['the proof failed', { lastProof: { at: now - HOUR, same: false } }, ['proof-failed']],
    [
      'the proof failed, and long ago',
      { lastProof: { at: now - 30 * HOUR, same: false } },
      ['proof-failed', 'not-proven'],
    ],
    ['no key on paper', { paperProvenAt: null }, ['no-paper-key']],
    ['90 days with a key on paper', { paperProvenAt: now - 90 * DAY }, []],
    ['longer than that', { paperProvenAt: now - 90 * DAY - 1 }, ['paper-key-due']],
  ])('%s', (_, facts, alarms) => {
    expect(backupAlarms({ ...well, ...facts }, now)).toEqual(alarms)
  })

  test('come the gravest first, each once, and more age never silences one', () => {
    const past = fc.integer({ min: 0, max: 400 * DAY }).map((ago) => now - ago)
    const facts = fc.record({
      sameDisk: fc.boolean(),
      folderThere: fc.boolean(),
      folderFull: fc.boolean(),
      givenUp: fc.boolean(),
      copyLacksRoom: fc.boolean(),
      proofLacksRoom: fc.boolean(),
      lastBackup: fc.option(past),
      lastProof: fc.option(fc.record({ at: past, same: fc.boolean() })),
      paperProvenAt: fc.option(past),
      since: past,
    })
    fc.assert(
      fc.property(facts, fc.nat({ max: 400 * DAY }), (known, later) => {
        const alarms = backupAlarms(known, now)
        expect(alarms).toEqual(BACKUP_ALARMS.filter((alarm) => alarms.includes(alarm)))
        expect(backupAlarms(known, now + later)).toEqual(expect.arrayContaining(alarms))
      }),
    )
  })
})
