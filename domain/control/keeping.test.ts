import { expect, test } from 'vitest'
import { gapsOf, isShown, type KeepingScene, keepingState, SHOWN_LESSONS } from './keeping.ts'

const kept: KeepingScene = {
  kind: 'lessons',
  gradeless: false,
  homeworkExpected: true,
  children: 12,
  topic: true,
  attended: 12,
  homework: true,
  late: false,
  corrected: false,
  substituted: false,
}

test.each<[string, Partial<KeepingScene>, string[]]>([
  ['is whole', {}, []],
  [
    'has nothing',
    { topic: false, attended: 0, homework: false },
    ['no-topic', 'no-attendance', 'no-homework'],
  ],
  ['has one absence marked', { attended: 1 }, []],
  ['had no child in the group', { children: 0, attended: 0 }, []],
  ['is of grade 1, without homework', { gradeless: true, homework: false }, []],
  ['is of a club, without homework', { kind: 'activity', homework: false }, []],
  [
    'is of a corrective group, without a topic',
    { kind: 'corrective', topic: false, homework: false },
    ['no-topic'],
  ],
  ['is of a school that does not ask for homework', { homeworkExpected: false, homework: false }, []],
])('a lesson that %s', (_, change, gaps) => {
  expect(gapsOf({ ...kept, ...change })).toEqual(gaps)
})

test.each<[string, Partial<KeepingScene>, string[]]>([
  ['kept in time', {}, ['held', 'in-time']],
  ['kept late', { late: true }, ['findings', 'held', 'filled-late', 'late']],
  [
    'late and still without a topic',
    { late: true, topic: false },
    ['findings', 'held', 'missing', 'no-topic', 'late'],
  ],
  ['kept in time and corrected later', { corrected: true }, ['findings', 'held', 'in-time', 'corrected']],
  ['substituted', { substituted: true }, ['findings', 'held', 'in-time', 'substituted']],
  ['without attendance', { attended: 0 }, ['findings', 'held', 'missing', 'no-attendance']],
  ['without homework', { homework: false }, ['findings', 'held', 'in-time', 'no-homework']],
])('a lesson %s is shown under its names only', (_, change, names) => {
  const scene = { ...kept, ...change }
  expect(SHOWN_LESSONS.filter((show) => isShown(scene, show))).toEqual(names)
})

test('each held lesson is in exactly one state', () => {
  const scenes = [
    kept,
    { ...kept, late: true },
    { ...kept, topic: false },
    { ...kept, topic: false, late: true },
  ]
  expect(scenes.map(keepingState)).toEqual(['in-time', 'filled-late', 'missing', 'missing'])
})
