import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTakeable, type LessonStand, thenAndNow } from './then-and-now.ts'

const work = {
  id: 'w',
  typeId: 't',
  name: 'Ответ',
  title: '',
  weight: 1,
  removed: false,
  version: 1,
}
const empty: LessonStand = {
  lessonId: 'l',
  record: null,
  homework: null,
  attendance: [],
  marks: [],
  works: [work],
}
const record = (topic: string | null, comment: string | null = null) => ({
  record: { topic, comment, planItemId: null, version: 2 },
})
const homework = (text: string | null, minutes: number | null = null) => ({
  homework: { text, minutes, version: 2 },
})
const attendance = (code: string | null) => ({ attendance: [{ studentId: 'a', code, version: 2 }] })
const mark = (value: string | null, comment: string | null = null) => ({
  marks: [{ studentId: 'a', workId: 'w', value, comment, version: 2 }],
})
const removed = { works: [{ ...work, removed: true }] }

describe('what stood then and what stands now', () => {
  test.each<[string, Partial<LessonStand>, Partial<LessonStand>, string, string]>([
    ['the same topic', record('Диффузия'), record('Диффузия'), 'topic', 'same'],
    ['another topic', record('Диффузия'), record('Тепло'), 'topic', 'changed'],
    ['another comment', record('Диффузия', 'кратко'), record('Диффузия'), 'topic', 'changed'],
    ['a topic that is gone', record('Диффузия'), {}, 'topic', 'gone'],
    ['a topic taken back', record('Диффузия'), record(null), 'topic', 'gone'],
    ['a topic that came later', record(null), record('Тепло'), 'topic', 'came'],
    ['homework «none» then, text now', homework(null), homework('§ 1'), 'homework', 'changed'],
    ['homework that was not said and now is', {}, homework(null), 'homework', 'came'],
    ['homework with other minutes', homework('§ 1', 20), homework('§ 1', 30), 'homework', 'changed'],
    ['absent then, present now', attendance('н'), attendance(null), 'attendance', 'changed'],
    ['present then, not noted now', attendance(null), {}, 'attendance', 'gone'],
    ['not noted then, present now', {}, attendance(null), 'attendance', 'came'],
    ['another mark', mark('5'), mark('2'), 'mark', 'changed'],
    ['another comment of a mark', mark('5', 'у доски'), mark('5'), 'mark', 'changed'],
    ['a mark that was wiped', mark('5'), mark(null), 'mark', 'gone'],
    ['a mark that came later', mark(null), mark('5'), 'mark', 'came'],
    ['a mark whose column was removed', mark('5'), { ...mark('5'), ...removed }, 'mark', 'gone'],
    ['a mark whose column came back', { ...mark('5'), ...removed }, mark('5'), 'mark', 'came'],
    ['a mark whose column is nowhere now', mark('5'), { works: [] }, 'mark', 'gone'],
  ])('%s', (_, then, now, part, difference) => {
    const lines = thenAndNow({ ...empty, ...then }, { ...empty, ...now }, ['a'])
    expect(lines.map((line) => [line.part, line.difference])).toEqual([[part, difference]])
  })

  test('of a lesson that was not there then everything came later', () => {
    const lines = thenAndNow(null, { ...empty, ...record('Тепло'), ...mark('5') }, ['a'])
    expect(lines.map(({ difference }) => difference)).toEqual(['came', 'came'])
    expect(lines.some(isTakeable)).toBe(false)
  })

  test('of children who are not on the list nothing is told', () => {
    expect(thenAndNow({ ...empty, ...mark('5') }, empty, ['b'])).toEqual([])
  })

  test('a version is that of now, so that what is taken back goes over what was seen', () => {
    const then = { ...empty, marks: [{ studentId: 'a', workId: 'w', value: '5', comment: null, version: 1 }] }
    expect(thenAndNow(then, { ...empty, ...mark(null) }, ['a'])).toMatchObject([{ version: 2 }])
    expect(thenAndNow(then, empty, ['a'])).toMatchObject([{ version: 0 }])
  })

  test('only what stood and differs is offered, and once taken back it is the same', () => {
    const side = fc.record({
      lessonId: fc.constant('l'),
      record: fc.option(
        fc.record({
          topic: fc.option(fc.constantFrom('А', 'Б')),
          comment: fc.option(fc.constantFrom('а', 'б')),
          planItemId: fc.constant(null),
          version: fc.nat(),
        }),
      ),
      homework: fc.option(
        fc.record({
          text: fc.option(fc.constantFrom('А', 'Б')),
          minutes: fc.option(fc.nat(2)),
          version: fc.nat(),
        }),
      ),
      attendance: fc.uniqueArray(
        fc.record({
          studentId: fc.constantFrom('a', 'b'),
          code: fc.option(fc.constantFrom('н', 'б')),
          version: fc.nat(),
        }),
        { selector: ({ studentId }) => studentId },
      ),
      marks: fc.uniqueArray(
        fc.record({
          studentId: fc.constantFrom('a', 'b'),
          workId: fc.constant('w'),
          value: fc.option(fc.constantFrom('5', '2')),
          comment: fc.constant(null),
          version: fc.nat(),
        }),
        { selector: ({ studentId }) => studentId },
      ),
      works: fc.constantFrom([work], removed.works),
    })
    fc.assert(
      fc.property(side, side, (then, now) => {
        for (const line of thenAndNow(then, now, ['a', 'b'])) {
          expect(isTakeable(line)).toBe(
            line.before !== null && JSON.stringify(line.before) !== JSON.stringify(line.now),
          )
        }
        expect(thenAndNow(then, then, ['a', 'b']).every(({ difference }) => difference === 'same')).toBe(true)
      }),
    )
  })
})
