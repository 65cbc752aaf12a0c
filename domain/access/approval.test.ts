import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HeldRole } from '../people/role-set.ts'
import { ROLES, type Role } from './access.ts'
import {
  type Approver,
  approvalRefusal,
  approversOf,
  isOrWillBePrivileged,
  PRIVILEGED,
  samePrivileges,
} from './approval.ts'

const TODAY = '2026-11-12'
const held = (role: Role, from: HeldRole['from'], to: HeldRole['to']): HeldRole => ({ role, from, to })

test.each<[string, HeldRole[], boolean]>([
  ['a teacher', [held('teacher', '2026-09-01', null)], false],
  ['a director', [held('director', '2026-09-01', null)], true],
  ['a deputy from next year on', [held('deputy', '2027-01-01', null)], true],
  ['an officer until today', [held('journal-officer', '2026-09-01', TODAY)], true],
  ['an administrator until yesterday', [held('system-admin', '2026-09-01', '2026-11-11')], false],
  [
    'a teacher who was director',
    [held('director', '2020-09-01', '2021-08-31'), held('teacher', TODAY, null)],
    false,
  ],
])('%s needs two people for access or not', (_, roles, expected) => {
  expect(isOrWillBePrivileged(roles, TODAY)).toBe(expected)
})

test('moving either end of a privileged span is a change, and of an ordinary one none', () => {
  const standing = [held('deputy', '2026-09-01', null), held('teacher', '2026-09-01', null)]
  const moved = (role: Role, from: HeldRole['from'], to: HeldRole['to']) =>
    standing.map((one) => (one.role === role ? held(role, from, to) : one))
  expect(samePrivileges(standing, moved('teacher', '2026-10-01', '2026-12-01'))).toBe(true)
  expect(samePrivileges(standing, moved('deputy', '2026-10-01', null))).toBe(false)
  expect(samePrivileges(standing, moved('deputy', '2026-09-01', '2030-01-01'))).toBe(false)
})

const PEOPLE: Approver[] = [
  { personId: 'director', roles: ['director'] },
  { personId: 'deputy', roles: ['deputy', 'teacher'] },
  { personId: 'admin', roles: ['system-admin'] },
  { personId: 'second-admin', roles: ['system-admin'] },
  { personId: 'teacher', roles: ['teacher'] },
]
const who = (askerId: string, personId: string, holders = PEOPLE) =>
  approversOf({ askerId, personId }, holders).map((one) => one.personId)

test.each<[string, string, string, string[]]>([
  ['of an administrator about a deputy', 'admin', 'deputy', ['director']],
  ['of an administrator about a teacher', 'admin', 'teacher', ['director']],
  ['of an administrator about the director', 'admin', 'director', ['deputy', 'second-admin']],
  ['of the director', 'director', 'deputy', ['admin', 'second-admin']],
  ['of an administrator about oneself', 'admin', 'admin', ['director']],
])('a request %s is confirmed by', (_, asker, person, expected) => {
  expect(who(asker, person)).toEqual(expected)
})

test('a second director is asked before anybody else about the first', () => {
  const two = [...PEOPLE, { personId: 'acting', roles: ['director'] as const }]
  expect(who('admin', 'director', two)).toEqual(['acting'])
})

test('where there is nobody else, nobody confirms', () => {
  expect(who('admin', 'new', [{ personId: 'admin', roles: ['system-admin'] }])).toEqual([])
})

const someone = fc.record({
  personId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  roles: fc.subarray([...ROLES]),
})
test('nobody confirms the own request, one about oneself, or without a privileged role', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(someone, { selector: ({ personId }) => personId }),
      fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'nobody yet'),
      (holders, askerId, personId) => {
        const request = { askerId, personId, state: 'waiting' as const }
        for (const { personId: decider, roles } of holders) {
          if (approvalRefusal(request, decider, holders) !== null) continue
          expect([askerId, personId]).not.toContain(decider)
          expect(roles.some((role) => PRIVILEGED.includes(role))).toBe(true)
        }
      },
    ),
  )
})

test('what was decided is not decided again', () => {
  const request = { askerId: 'admin', personId: 'deputy', state: 'confirmed' as const }
  expect(approvalRefusal(request, 'director', PEOPLE)).toBe('request-decided')
  expect(approvalRefusal(request, 'second-admin', PEOPLE)).toBe('not-approver')
  expect(approvalRefusal(request, 'admin', PEOPLE)).toBe('own-request')
})
