import { expect, test } from 'vitest'
import { type LocalClock, momentWords, readMoment } from './moment.words.ts'

/** The clock on a wall of this zone. */
function clockOf(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (moment) => (Date.parse(`${format.format(moment).replace(' ', 'T')}Z`) - moment.getTime()) / 60_000
}

const read = (text: string, zone = 'Europe/Berlin') => readMoment(text, '--to', clockOf(zone))

test.each([
  ['2026-11-30 12:05', '2026-11-30T11:05:00.000Z'],
  ['  2026-11-30T12:05:07 ', '2026-11-30T11:05:07.000Z'],
  ['30.11.2026 12:05', '2026-11-30T11:05:00.000Z'],
  // As the command itself tells it, and as events and files do.
  ['30.11.2026, 12:05:07', '2026-11-30T11:05:07.000Z'],
  ['2026-11-30T12:05:07.123Z', '2026-11-30T12:05:07.000Z'],
  ['2026-11-30 12:05+03:00', '2026-11-30T09:05:00.000Z'],
  ['2026-11-30 12:05 -0130', '2026-11-30T13:35:00.000Z'],
  ['2026-11-30 9:05', '2026-11-30T08:05:00.000Z'],
  ['2024-02-29 00:00', '2024-02-28T23:00:00.000Z'],
  ['2026-07-01 23:59:59', '2026-07-01T21:59:59.000Z'],
  // Either side of the hours that are changed.
  ['2026-03-29 01:59:59', '2026-03-29T00:59:59.000Z'],
  ['2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25 01:59', '2026-10-24T23:59:00.000Z'],
  ['2026-10-25 03:00', '2026-10-25T02:00:00.000Z'],
  ['2026-10-25 02:30+02:00', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25 02:30+01:00', '2026-10-25T01:30:00.000Z'],
])('«%s» is %s', (text, moment) => {
  const found = read(text)
  expect(found instanceof Date ? found.toISOString() : found).toBe(moment)
})

test.each([
  ['', /минута не названа/],
  ['   ', /минута не названа/],
  ['2026-11-30', /только день/],
  ['30.11.2026', /только день/],
  ['12:05', /только время/],
  ['12:05:30', /только время/],
  ['yesterday', /не минута/],
  ['вчера в 12:05', /не минута/],
  ['latest', /не минута/],
  ['LAST', /не минута/],
  ['2026-11-30 12', /не минута/],
  ['2026-11-30 12.05', /не минута/],
  ['2026/11/30 12:05', /не минута/],
  ['26-11-30 12:05', /не минута/],
  ['2026-11-30 12:05 PM', /не минута/],
  ['2026-11-30 12:05; drop', /не минута/],
  ['2026-11-30 12:05 2026-11-30 12:06', /не минута/],
  ['-1', /не минута/],
  ['1764504300', /не минута/],
  ['2026-11-30 12:05+3', /не минута/],
  ['2026-02-29 12:05', /такого дня/],
  ['31.04.2026 12:05', /такого дня/],
  ['2026-13-01 12:05', /такого дня/],
  ['2026-00-10 12:05', /такого дня/],
  ['11.30.2026 12:05', /такого дня/],
  ['0000-00-00 00:00', /такого дня/],
  ['2026-11-30 24:00', /такого времени/],
  ['2026-11-30 12:60', /такого времени/],
  ['2026-11-30 12:05:60', /такого времени/],
  ['2026-03-29 02:30', /часы перевели вперёд/],
  ['2026-10-25 02:30', /встречается дважды\. .*"2026-10-25 02:30\+02:00" или "2026-10-25 02:30\+01:00"/],
])('«%s» is refused with its reason and with what is accepted', (text, reason) => {
  const found = read(text)
  if (found instanceof Date) throw new Error(`${text} was read as ${found.toISOString()}`)
  expect(found.fault).toMatch(reason)
  expect(found.fault).toMatch(/\nТак понятно: --to "2026-11-30 12:05" .*--to last/)
})

test('where the clock was put back by another step, or never is, it is read as it shows', () => {
  const twice = { fault: expect.stringContaining('встречается дважды') }
  expect(read('2026-04-05 01:45', 'Australia/Lord_Howe')).toMatchObject(twice)
  expect(read('2026-04-05 01:15', 'Australia/Lord_Howe')).toEqual(new Date('2026-04-04T14:15:00Z'))
  expect(read('2014-10-26 01:30', 'Europe/Moscow')).toMatchObject(twice)
  expect(read('2026-10-25 02:30', 'Europe/Moscow')).toEqual(new Date('2026-10-24T23:30:00Z'))
})

test('what the command tells is what it reads', () => {
  for (const moment of ['2026-01-05T03:04:05Z', '2026-10-25T04:00:00Z', '2026-12-31T22:59:59Z'])
    expect(readMoment(momentWords(moment))).toEqual(new Date(moment))
})
