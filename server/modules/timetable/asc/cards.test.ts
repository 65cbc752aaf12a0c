import { describe, expect, test } from 'vitest'
import { brokenPlaces } from '#domain/timetable/constraints/cost.ts'
import { checkBeforeSearch } from '#domain/timetable/explain/check-before-search.ts'
import { NOWHERE } from '#domain/timetable/problem.ts'
import { fileFaultLine } from '../faults.words.ts'
import { everyWeekPart, placesOfPart } from './every-week.ts'
import { readAsc } from './read.ts'

type Wanted = { weeks?: string[]; terms?: string[]; lessons: string; cards?: string }

const masks = (name: string, list: string[]): string =>
  list.map((mask) => `<${name}sdef id="${name}${mask}" name="${mask}" ${name}s="${mask}"/>`).join('')

// Two days of three lessons, one class, one teacher, two rooms; lessons and cards as the test says.
const school = ({
  weeks = ['11'],
  terms = ['1'],
  lessons,
  cards = '',
}: Wanted): string => `<?xml version="1.0"?>
<timetable>
<periods><period period="1"/><period period="2"/><period period="3"/></periods>
<daysdefs><daysdef id="D1" name="Пн" days="10"/><daysdef id="D2" name="Вт" days="01"/></daysdefs>
<weeksdefs>${masks('week', weeks)}</weeksdefs><termsdefs>${masks('term', terms)}</termsdefs>
<subjects><subject id="S1" name="Музыка"/><subject id="S2" name="ИЗО"/></subjects>
<teachers><teacher id="T1" name="Петрова"/></teachers>
<classrooms><classroom id="R1" name="1"/><classroom id="R2" name="2"/></classrooms>
<classes><class id="C1" name="5А"/></classes>
<lessons>${lessons}</lessons>
<cards>${cards}</cards>
</timetable>`

const lesson = (id: string, more = ''): string =>
  `<lesson id="${id}" classids="C1" subjectid="S1" teacherids="T1" classroomids="R1" periodspercard="1" ${
    more.includes('periodsperweek') ? '' : 'periodsperweek="1.0"'
  } ${more}/>`
const double = (id: string): string =>
  lesson(id, 'periodsperweek="2.0"').replace('periodspercard="1"', 'periodspercard="2"')
const card = (id: string, period: number | string, more = ''): string =>
  `<card lessonid="${id}" period="${period}" ${more.includes('days=') ? '' : 'days="10"'} ${
    more.includes('classroomids') ? '' : 'classroomids="R1"'
  } ${more}/>`

function read(wanted: Wanted) {
  const reading = readAsc(new TextEncoder().encode(school(wanted)), 'school.xml')
  expect(reading.faults.map(fileFaultLine)).toEqual([])
  const { problem, given } = reading
  if (!problem || !given) throw new Error('the file was not read')
  const part = everyWeekPart(problem, reading.notEveryWeek)
  return {
    starts: [...given.start],
    rooms: [...given.room],
    named: reading.unsupported.map(({ type, count }) => [type, count]),
    notEveryWeek: reading.notEveryWeek,
    broken: brokenPlaces(part.problem, placesOfPart(part, given)),
    impossible: checkBeforeSearch(part.problem),
  }
}

describe('one lesson at one time is one card', () => {
  test.each<[string, Wanted]>([
    ['the same row twice', { lessons: lesson('L'), cards: card('L', 1) + card('L', 1) }],
    [
      'odd and even weeks',
      { lessons: lesson('L'), cards: card('L', 1, 'weeks="10"') + card('L', 1, 'weeks="01"') },
    ],
    [
      'two terms',
      {
        terms: ['10', '01'],
        lessons: lesson('L'),
        cards: card('L', 1, 'terms="10"') + card('L', 1, 'terms="01"'),
      },
    ],
    [
      'three weeks in turn',
      {
        weeks: ['100', '010', '001'],
        lessons: lesson('L'),
        cards: ['100', '010', '001'].map((mask) => card('L', 1, `weeks="${mask}"`)).join(''),
      },
    ],
    [
      'weeks of one term and the whole other term',
      {
        weeks: ['10'],
        terms: ['10'],
        lessons: lesson('L'),
        cards:
          card('L', 1, 'weeks="10" terms="10"') +
          card('L', 1, 'weeks="01" terms="10"') +
          card('L', 1, 'terms="01"'),
      },
    ],
    [
      'days that overlap',
      { lessons: lesson('L'), cards: card('L', 1, 'days="10"') + card('L', 1, 'days="10"') },
    ],
  ])('%s', (_, wanted) => {
    const { starts, rooms, notEveryWeek } = read(wanted)
    expect([starts, rooms, notEveryWeek]).toEqual([[0], [0], []])
  })

  test('a double one in rows of each lesson and week as well', () => {
    const rows = [1, 2].flatMap((period) => ['10', '01'].map((mask) => card('L', period, `weeks="${mask}"`)))
    expect(read({ lessons: double('L'), cards: rows.join('') })).toMatchObject({
      starts: [0],
      notEveryWeek: [],
    })
  })

  test('a double one whose second lesson changes the room by week', () => {
    const rows = card('L', 1) + card('L', 2, 'weeks="10"') + card('L', 2, 'weeks="01" classroomids="R2"')
    expect(read({ lessons: double('L'), cards: rows })).toMatchObject({ starts: [0], notEveryWeek: [] })
  })

  test('another room in other weeks is named as not supported', () => {
    const cards = card('L', 1, 'weeks="10"') + card('L', 1, 'weeks="01" classroomids="R2"')
    expect(read({ lessons: lesson('L'), cards }).named).toContainEqual(['card classroomids="…,…"', 1])
  })
})

describe('lessons whose weeks do not meet', () => {
  const turns = (attribute: string, one: string, other: string) =>
    lesson('A', `${attribute}="${one}" periodsperweek="0.5"`) +
    lesson('B', `${attribute}="${other}" periodsperweek="0.5"`)

  test.each<[string, Wanted]>([
    [
      'odd and even',
      {
        weeks: ['10', '01'],
        lessons: turns('weeksdefid', 'week10', 'week01'),
        cards: card('A', 1, 'weeks="10"') + card('B', 1, 'weeks="01"'),
      },
    ],
    [
      'odd and even, as the format of 2008 says it',
      { lessons: turns('weeks', '10', '01'), cards: card('A', 1, 'weeks="10"') + card('B', 1, 'weeks="01"') },
    ],
    [
      'terms',
      {
        terms: ['10', '01'],
        lessons: turns('termsdefid', 'term10', 'term01'),
        cards: card('A', 1, 'terms="10"') + card('B', 1, 'terms="01"'),
      },
    ],
    [
      'half a lesson a week, whose cards alone tell the weeks',
      { lessons: turns('capacity', '', ''), cards: card('A', 1, 'weeks="10"') + card('B', 1, 'weeks="01"') },
    ],
  ])('%s: no clash is reported', (_, wanted) => {
    expect(read(wanted)).toMatchObject({ starts: [0, 0], notEveryWeek: [0, 1], broken: [] })
  })

  test('two lessons of every week at one time still are a clash', () => {
    const { broken, notEveryWeek } = read({
      lessons: lesson('A') + lesson('B'),
      cards: card('A', 1) + card('B', 1),
    })
    expect(notEveryWeek).toEqual([])
    expect(broken.length).toBeGreaterThan(0)
  })

  test.each<[string, string]>([
    ['odd weeks', 'weeksdefid="week10" periodsperweek="0.5"'],
    ['one term', 'termsdefid="term10" periodsperweek="1.0"'],
    ['half hours', 'periodsperweek="0.5"'],
    ['odd weeks of 2008', 'weeks="10" periodsperweek="0.5"'],
  ])('more of them than there is room for is nothing impossible: %s', (_, more) => {
    const lessons = Array.from({ length: 12 }, (_, index) => lesson(`L${index}`, more)).join('')
    const { impossible, notEveryWeek } = read({ weeks: ['10', '01'], terms: ['10', '01'], lessons })
    expect([impossible, notEveryWeek.length]).toEqual([[], 12])
  })

  test('of a lesson and a half a week the whole one is judged', () => {
    const lessons = Array.from({ length: 7 }, (_, index) => lesson(`L${index}`, 'periodsperweek="1.5"')).join(
      '',
    )
    const { impossible, notEveryWeek } = read({ lessons })
    expect(notEveryWeek).toHaveLength(7)
    expect(impossible.length).toBeGreaterThan(0)
  })

  test('weeks of the lesson are named in the format of 2008', () => {
    expect(read({ lessons: lesson('L', 'weeks="10"') }).named).toEqual([['lesson weeks="10"', 1]])
  })
})

describe('a card outside the bells has no place and is named once, the rest is read', () => {
  test.each([
    ['an event after the last lesson', lesson('L'), card('L', 4), 'card period="4"'],
    ['a lesson before the first', lesson('L'), card('L', 0), 'card period="0"'],
    ['a double one that begins last', double('L'), card('L', 3), 'card period="3" periodspercard="2"'],
    [
      'a double one in rows that runs over the last',
      double('L'),
      card('L', 3) + card('L', 4),
      'card period="3" periodspercard="2"',
    ],
    ['a double one in rows, all after the last', double('L'), card('L', 4) + card('L', 5), 'card period="4"'],
    [
      'a double one in rows that begins before the first',
      double('L'),
      card('L', 0) + card('L', 1),
      'card period="0"',
    ],
  ])('%s', (_, lessons, cards, type) => {
    const { starts, named } = read({ lessons: lessons + lesson('M'), cards: cards + card('M', 2) })
    expect(starts).toEqual([NOWHERE, 1])
    expect(named).toEqual([[type, 1]])
  })
})
