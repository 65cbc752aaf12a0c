import { expect, test } from 'vitest'
import { missingParts } from './filling.ts'
import { nextPlanLine } from './plan.ts'
import { claimRefusal, type SubstitutionScene, substitutionRefusal } from './substitution.ts'
import { workRefusal } from './work.ts'

const lesson: SubstitutionScene = { teacherId: 'own', substituteId: null, state: 'today' }

test.each([
  ['a colleague', lesson, 'other', 'teacher', null],
  ['nobody any more', lesson, null, 'teacher', null],
  ['its own teacher', lesson, 'own', 'control', 'substitute-is-teacher'],
  ['a colleague, too late', { ...lesson, state: 'closed' }, 'other', 'teacher', 'window-closed'],
  ['a colleague, too late but by control', { ...lesson, state: 'closed' }, 'other', 'control', null],
] as const)('a lesson is given to %s', (_, scene, wanted, by, refusal) => {
  expect(substitutionRefusal(scene, wanted, by)).toBe(refusal)
})

test.each([
  ['free', {}, null],
  ['already the claimant’s', { substituteId: 'me', recorded: true }, null],
  ['taken by another', { substituteId: 'other' }, 'lesson-taken'],
  ['not begun', { begun: false }, 'lesson-ahead'],
  ['recorded', { recorded: true }, 'lesson-taken'],
  ['the claimant’s own', { teacherId: 'me' }, 'substitute-is-teacher'],
] as const)('a lesson that is %s is claimed', (_, change, refusal) => {
  expect(claimRefusal({ ...lesson, recorded: false, begun: true, ...change }, 'me')).toBe(refusal)
})

test.each([
  ['a new work', {}, false, null],
  ['a work without marks is removed', {}, true, null],
  ['a work with marks is removed', { marks: 2 }, true, 'work-has-marks'],
  ['the first work is changed', { first: true }, false, null],
  ['the first work is removed', { first: true }, true, 'first-work-stays'],
  ['a club wants a work', { gradeless: true }, false, 'no-marks-here'],
] as const)('%s', (_, change, removed, refusal) => {
  expect(workRefusal({ gradeless: false, first: false, marks: 0, ...change }, { removed })).toBe(refusal)
})

test('the plan proposes its first line with hours left', () => {
  const lines = [
    { id: 'a', hours: 1, taken: 1 },
    { id: 'b', hours: 2, taken: 1 },
    { id: 'c', hours: 1, taken: 0 },
  ]
  expect(nextPlanLine(lines)).toBe('b')
  expect(nextPlanLine(lines.slice(0, 1))).toBeNull()
})

test('a lesson lacks what is neither written nor marked', () => {
  expect(missingParts({ topic: true, attendance: true })).toEqual([])
  expect(missingParts({ topic: false, attendance: false })).toEqual(['topic', 'attendance'])
})
