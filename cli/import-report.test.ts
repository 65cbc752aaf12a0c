import { expect, test } from 'vitest'
import { refusalWords, writtenReport } from './import-report.ts'

const NOTHING = { kind: 'lesson', read: 2, created: 0, changed: 0, skipped: 2 } as const

test('lessons taken from days off are counted, and those with records are named', () => {
  const kept = [{ day: '2026-11-04', startsAt: '08:30', subject: 'Физика', group: '7А' } as const]
  const summary = {
    organizationId: '',
    kinds: [NOTHING],
    gone: [],
    daysOff: { takenAway: 81, kept: [...kept] },
  }
  const text = writtenReport(summary, { dryRun: false, whole: true })
  expect(text).toContain('Убрано уроков, в которых ничего не записано: 81.')
  expect(text).toMatch(/есть записи: 1\..*\n {2}04\.11\.2026, 08:30: Физика, 7А/)
  const quiet = writtenReport(
    { ...summary, daysOff: { takenAway: 0, kept: [] } },
    { dryRun: false, whole: true },
  )
  expect(quiet).not.toMatch(/выходн|Убрано/)
})

test('a refusal for a closed study period says how to go on', () => {
  expect(refusalWords('period-closed')).toContain('Откройте период снова')
})
