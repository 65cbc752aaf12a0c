import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AgedBackup, type Retention, retained } from './retention.ts'

const DAY = 24 * 60 * 60 * 1000
const at = (text: string): AgedBackup => ({ name: text, to: Date.parse(`${text}Z`) })

describe('which copies stay', () => {
  const night = (day: number) => at(`2026-11-${String(day).padStart(2, '0')}T02:00`)
  const month = Array.from({ length: 30 }, (_, n) => night(n + 1))
  test.each<[string, AgedBackup[], Retention, string | null, string[], string[]]>([
    ['nothing of nothing', [], { days: 7, weeks: 4 }, null, [], []],
    ['the newest, whatever the rule', [night(1), night(2)], { days: 0, weeks: 0 }, null, ['02'], ['02']],
    ['one a day', [night(1), night(2), night(3)], { days: 2, weeks: 0 }, null, ['03', '02'], ['03', '02']],
    [
      'all of a day with several: each knows the hours after it alone',
      [night(2), at('2026-11-02T13:00'), at('2026-11-02T09:00')],
      { days: 7, weeks: 0 },
      null,
      ['02T13', '02T09', '02T02'],
      ['02T13', '02T09', '02T02'],
    ],
    [
      'days without a copy are not counted',
      [night(1), night(20), night(30)],
      { days: 2, weeks: 0 },
      null,
      ['30', '20'],
      ['30', '20'],
    ],
    [
      // Weeks begin on Thursday here, as the epoch did.
      'one a week before them',
      month,
      { days: 2, weeks: 3 },
      null,
      ['30', '29'],
      ['30', '29', '25', '18'],
    ],
    ['the proven one beside them', month, { days: 1, weeks: 0 }, night(12).name, ['30'], ['30', '12']],
    ['a proven one that is gone is not made up', [night(3)], { days: 1, weeks: 0 }, 'gone', ['03'], ['03']],
  ])('%s', (_, backups, rule, proven, daily, all) => {
    const found = retained(backups, rule, proven)
    const begins = (names: string[]) => names.map((name) => expect.stringMatching(`^2026-11-${name}`))
    expect(found.daily).toEqual(begins(daily))
    expect(found.all).toEqual(begins(all))
  })

  test('whatever there is: the newest and the proven stay, newest first, within the bounds, once thinned thin for good', () => {
    const backup = fc.record({ name: fc.uuid(), to: fc.integer({ min: 0, max: 400 * DAY }) })
    const backups = fc.uniqueArray(backup, { selector: ({ to }) => to, maxLength: 40 })
    const rules = fc.record({ days: fc.nat({ max: 9 }), weeks: fc.nat({ max: 9 }) })
    fc.assert(
      fc.property(backups, rules, fc.nat(), (all, rule, n) => {
        const proven = all.length > 0 ? (all[n % all.length]?.name ?? null) : null
        const kept = retained(all, rule, proven)
        const times = kept.all.map((name) => all.find((one) => one.name === name)?.to ?? Number.NaN)
        expect(times).toEqual(times.toSorted((one, other) => other - one))
        expect(kept.all).toEqual(expect.arrayContaining(kept.daily))
        if (all.length === 0) return
        expect(times[0]).toBe(Math.max(...all.map(({ to }) => to)))
        expect(kept.all).toContain(proven)
        const dayOf = (name: string) => Math.floor((all.find((one) => one.name === name)?.to ?? 0) / DAY)
        const days = new Set(kept.daily.map(dayOf))
        expect(days.size).toBeLessThanOrEqual(Math.max(1, rule.days))
        // Nothing of these days is thinned.
        expect(kept.daily.length).toBe(all.filter(({ name }) => days.has(dayOf(name))).length)
        expect(kept.all.length).toBeLessThanOrEqual(kept.daily.length + rule.weeks + 1)
        const left = all.filter(({ name }) => kept.all.includes(name))
        expect(retained(left, rule, proven)).toEqual(kept)
      }),
    )
  })
})
