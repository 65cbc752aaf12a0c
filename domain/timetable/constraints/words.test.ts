import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KINDS, randomProblem, randomTimetable } from '#test/timetable/random-problem.ts'
import { smallProblem, timetableOf } from '#test/timetable/small-problem.ts'
import { HARD } from '../constraint.ts'
import { placeText } from './constraints.words.ts'
import { brokenPlaces } from './cost.ts'
import { cardText } from './names.words.ts'

test('every broken place of every kind has a sentence with nothing missing in it', () => {
  const told = new Set<string>()
  fc.assert(
    fc.property(
      randomProblem(KINDS).chain((problem) => fc.tuple(fc.constant(problem), randomTimetable(problem))),
      ([problem, timetable]) => {
        for (const place of brokenPlaces(problem, timetable)) {
          const text = placeText(problem, place)
          expect(text).not.toMatch(/undefined|NaN|Infinity|\?/)
          expect(text).toMatch(/\((нарушать нельзя|мало важно|важно|очень важно)\)\.$/)
          const of = place.constraint
          told.add(typeof of === 'number' ? (problem.constraints[of]?.kind ?? '') : of)
        }
      },
    ),
    { seed: 5, numRuns: 100 },
  )
  expect(told.size).toBe(KINDS.length + 5)
})

test('the sentence says who, where, how much, what was asked, how much it matters and whose demand it is', () => {
  const problem = smallProblem(
    [{ teachers: [0] }, { teachers: [0] }],
    [
      {
        kind: 'gaps',
        people: { teachers: [0], atoms: [] },
        per: 'day',
        atMost: 1,
        weight: 0.5,
        source: 'просьба',
      },
      { kind: 'same-day', activities: [0, 1], weight: HARD },
    ],
  )
  const texts = (start: number[]) =>
    brokenPlaces(problem, timetableOf(problem, start)).map((place) => placeText(problem, place))
  expect(texts([0, 3])).toEqual([
    'Учитель Иванова: окон за день (понедельник) 2, просили не больше 1: понедельник, 2-й урок; понедельник, 3-й урок (важно; просьба).',
  ])
  expect(texts([0, 5])).toEqual([
    '«труд, Иванова» (№ 1), «труд, Иванова» (№ 2) должны быть в один день, а стоят: понедельник, 1-й урок; вторник, 2-й урок (нарушать нельзя).',
  ])
})

test('a room that was asked to be left alone is not said to be closed', () => {
  const told = (weight: number) => {
    const problem = smallProblem([{}], [{ kind: 'room-away', room: 0, slots: [0], weight }])
    return brokenPlaces(problem, timetableOf(problem, [0], [0])).map((place) => placeText(problem, place))
  }
  expect(told(0.9)).toEqual([
    '«труд» (№ 1): кабинет «101» в это время просили не занимать: понедельник, 1-й урок (важно).',
  ])
  expect(told(HARD)).toEqual([
    '«труд» (№ 1): кабинет «101» в это время недоступен: понедельник, 1-й урок (нарушать нельзя).',
  ])
})

test('a card is named with its number, and a key that is none is for programs only', () => {
  const problem = smallProblem([{ teachers: [0] }, { teachers: [0] }], [])
  const [numbered, keyed] = problem.activities
  if (!numbered || !keyed) throw new Error('the problem has two cards')
  const named = { ...problem, activities: [numbered, { ...keyed, id: '5а|труд|иванова|1' }] }
  expect([0, 1].map((card) => cardText(named, card))).toEqual(['«труд, Иванова» (№ 1)', '«труд, Иванова»'])
})
