import { expect, test } from 'vitest'
import type { Day } from '../calendar/day.ts'
import type { HeldRole } from './role-set.ts'
import { isHeld, roleSetRefusal } from './role-set.ts'

const today: Day = '2026-11-12'
const held = (role: HeldRole['role'], from: Day, to: Day | null = null): HeldRole => ({
  role,
  from,
  to,
})

test.each([
  ['one role without an end', [held('teacher', '2026-09-01')], false, null],
  ['two roles at once', [held('teacher', '2026-09-01'), held('deputy', '2026-09-01')], false, null],
  [
    'a role held again later',
    [held('carer', '2026-09-01', '2026-10-01'), held('carer', '2026-10-02')],
    false,
    null,
  ],
  ['a span that runs backwards', [held('teacher', '2026-09-02', '2026-09-01')], false, 'span-backwards'],
  [
    'one role twice on a day',
    [held('carer', '2026-09-01', '2026-10-01'), held('carer', '2026-10-01')],
    false,
    'role-twice',
  ],
  [
    'one role twice without ends',
    [held('carer', '2026-09-01'), held('carer', '2027-10-01')],
    false,
    'role-twice',
  ],
  ['an administrator who drops the own role', [held('teacher', '2026-09-01')], true, 'own-role-stays'],
  [
    'an administrator whose role begins tomorrow',
    [held('system-admin', '2026-11-13')],
    true,
    'own-role-stays',
  ],
  ['an administrator who keeps it', [held('system-admin', '2026-09-01')], true, null],
] as const)('%s', (_, wanted, adminOfOwn, refusal) => {
  expect(roleSetRefusal(wanted, { adminOfOwn, today, had: ['system-admin', 'teacher'] })).toBe(refusal)
})

test('a role is in force on both its first and its last day', () => {
  const one = held('teacher', '2026-11-10', '2026-11-12')
  const days: Day[] = ['2026-11-09', '2026-11-10', '2026-11-12', '2026-11-13']
  expect(days.map((day) => isHeld(one, day))).toEqual([false, true, true, false])
})

test('an administrator adds no role to the own ones', () => {
  const wanted = [held('system-admin', '2026-09-01'), held('carer', today)]
  expect(roleSetRefusal(wanted, { adminOfOwn: true, today, had: ['system-admin'] })).toBe('own-role-added')
  expect(roleSetRefusal(wanted, { adminOfOwn: false, today, had: ['system-admin'] })).toBeNull()
})
