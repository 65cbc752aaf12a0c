import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { atomsOf, NOWHERE, type TimetableProblem } from '#domain/timetable/problem.ts'
import { fileFaultLine } from '../faults.words.ts'
import { readAsc } from './read.ts'

const FILES = join(import.meta.dirname, '../../../../test/timetable/files')
const FILE = 'small-asc.xml'
const bytes = readFileSync(join(FILES, FILE))
const text = bytes.toString('utf8')
const readText = (source: string) => readAsc(new TextEncoder().encode(source), FILE)

function problemOf(source: string): TimetableProblem {
  const { problem, faults } = readText(source)
  expect(faults.map(fileFaultLine)).toEqual([])
  return problem as TimetableProblem
}

function replaced(was: string, becomes: string): string {
  expect(text).toContain(was)
  return text.replace(was, becomes)
}

const reading = readAsc(bytes, FILE)
const problem = reading.problem as TimetableProblem
const byId = new Map(problem?.activities.map((activity, index) => [activity.id, index]))

describe('an export of aSc', () => {
  test('is read without a fault, with days, lessons from a zero one, and people', () => {
    expect(reading.faults).toEqual([])
    expect(reading.unsupported).toEqual([])
    expect(problem.name).toBe('Маленькая школа')
    expect(problem.days).toEqual(['Понедельник', 'Вторник', 'Среда'])
    expect(problem.periods).toEqual(['0', '1', '2', '3'])
    expect(problem.teachers.map(({ name }) => name)).toEqual(['Белова А.', 'Громов Борис', 'Дятлова В.'])
    expect(problem.rooms.map(({ name, building }) => [name, building])).toEqual([
      ['Кабинет 1', 0],
      ['Кабинет 2', null],
      ['Спортзал', null],
    ])
    expect(problem.rooms[0]?.capacity).toBe(30)
  })

  test('has its lessons of the day by their numbers, however they are listed', () => {
    const zero = /<period name="0".*?\/>/.exec(text)?.[0] ?? ''
    const last = text.replace(zero, '').replace('</periods>', `${zero}</periods>`)
    expect(problemOf(last).periods).toEqual(['0', '1', '2', '3'])
  })

  test('makes as many cards of a lesson as its hours and their length ask', () => {
    expect(problem.activities.map(({ id, length, group, part }) => [id, length, group, part])).toEqual([
      ['*61/1', 1, '*61', 1],
      ['*61/2', 1, '*61', 2],
      ['*62/1', 1, '*62', 1],
      ['*63/1', 1, '*63', 1],
      ['*64/1', 1, '*64', 1],
      ['*65/1', 2, '*65', 1],
      ['*65/2', 2, '*65', 2],
    ])
    expect(problem.activities[5]?.teachers).toEqual([0, 1])
  })

  test('rounds hours that are not of every week up to a card', () => {
    const more = replaced('periodsperweek="2.0"', 'periodsperweek="2,5"')
    expect(problemOf(more).activities.filter(({ group }) => group === '*61')).toHaveLength(3)
  })

  test('lets groups of one division be apart, and those of two divisions share students', () => {
    const names = problem.studentSets.map(({ name }) => name)
    expect(names).toEqual(['5А', '5Б', '5А 1 группа', '5А 2 группа', '5А Мальчики'])
    const atoms = (id: string) => {
      const activity = problem.activities[byId.get(id) ?? -1]
      return activity ? atomsOf(problem, activity) : []
    }
    const shared = (one: string, other: string) =>
      atoms(one).filter((atom) => atoms(other).includes(atom)).length
    expect(shared('*62/1', '*63/1')).toBe(0)
    expect(shared('*62/1', '*64/1')).toBe(1)
    expect(shared('*63/1', '*64/1')).toBe(1)
    expect(shared('*61/1', '*62/1')).toBe(1)
    expect(shared('*64/1', '*65/1')).toBe(1)
    expect(shared('*61/1', '*65/1')).toBe(0)
    expect(problem.activities[4]?.size).toBe(9)
  })

  test('has its cards as a timetable, a double card in two rows as one, one without a place as none', () => {
    const { given, locked } = reading
    const start = (id: string) => given?.start[byId.get(id) ?? -1]
    expect([start('*61/1'), start('*61/2'), start('*62/1'), start('*63/1')]).toEqual([1, 6, 5, 5])
    expect(start('*64/1')).toBe(NOWHERE)
    expect([start('*65/1'), start('*65/2')]).toEqual([8, 10])
    expect([...(given?.room ?? [])]).toEqual([0, 1, 1, 0, NOWHERE, NOWHERE, NOWHERE])
    expect(locked).toEqual([byId.get('*61/2')])
  })

  test('says which rooms and days a lesson may have', () => {
    expect(problem.constraints.filter(({ kind }) => kind === 'rooms')).toMatchObject([
      { activities: [0, 1], rooms: [0, 1] },
      { activities: [2], rooms: [1] },
      { activities: [3], rooms: [0] },
      { activities: [4], rooms: [2] },
    ])
    expect(problem.constraints.filter(({ kind }) => kind === 'starts')).toMatchObject([
      { activities: [2, 3], slots: [4, 5, 6, 7, 8, 9, 10, 11] },
    ])
  })

  test('takes who is in a group from its list when the class has students', () => {
    const students = ['a', 'b', 'c'].map((id) => `<student id="${id}" classid="*41" name="${id}"/>`).join('')
    const listed = replaced('columns="id,classid,name"/>', `>${students}</students>`)
      .replace('id="*52"', 'id="*52" studentids="a,b"')
      .replace('id="*53"', 'id="*53" studentids="c"')
      .replace('id="*54"', 'id="*54" studentids="a,c"')
    const own = problemOf(listed)
    const named = (name: string) => own.studentSets.find((set) => set.name === name)?.atoms ?? []
    expect(named('5А')).toHaveLength(3)
    expect(named('5А 1 группа').filter((atom) => named('5А Мальчики').includes(atom))).toHaveLength(1)
    const single = listed.replace('groupids="*52"', 'groupids="" studentids="b,c"')
    expect(problemOf(single).studentSets.at(-1)).toMatchObject({ name: 'b, c', size: 2 })
  })

  test('of an old kind is read: windows-1251, numbered days, single ids, other names', () => {
    const old = readAsc(readFileSync(join(FILES, 'old-asc-windows-1251.xml')), 'old.xml')
    expect(old.faults).toEqual([])
    expect(old.problem).toMatchObject({
      days: ['Понедельник', 'Вторник'],
      teachers: [{ name: 'Ёлкина Ж.' }],
      subjects: ['Чтение'],
      rooms: [{ name: 'Кабинет №5' }],
    })
    expect([...(old.given?.start ?? [])]).toEqual([2, NOWHERE])
    expect([...(old.given?.room ?? [])]).toEqual([0, NOWHERE])
  })

  test('that declares no encoding is read as UTF-8, and as windows-1251 when it is not', () => {
    const old = readFileSync(join(FILES, 'old-asc-windows-1251.xml'))
    const declaration = Buffer.byteLength(' encoding="windows-1251"')
    const at = old.indexOf(' encoding="windows-1251"')
    const bare = Buffer.concat([old.subarray(0, at), old.subarray(at + declaration)])
    expect(readAsc(bare, 'old.xml').problem?.subjects).toEqual(['Чтение'])
    expect(problemOf(replaced(' encoding="UTF-8"', '')).days[0]).toBe('Понедельник')
    expect(readAsc(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]), FILE).faults).toEqual([])
  })
})

test.each([
  ['UTF-16, as the programs of Windows write it', 'utf-16', (le: Buffer) => le],
  ['UTF-16 with the high byte first', 'utf-16', (le: Buffer) => le.swap16()],
  ['UTF-16, although it says it is in another', 'windows-1251', (le: Buffer) => le],
])('an export in %s is read', (_, declared, ordered) => {
  const said = replaced(' encoding="UTF-8"', ` encoding="${declared}"`)
  const marked = ordered(Buffer.from(`\ufeff${said}`, 'utf16le'))
  const { faults, problem: read } = readAsc(marked, FILE)
  expect(faults).toEqual([])
  expect(read).toEqual(problem)
})

describe('what aSc knows and the problem does not is named:', () => {
  test.each([
    [
      'a lesson of odd weeks',
      'groupids="*51" daysdefid="ANY" weeksdefid="EVERY"',
      'groupids="*51" daysdefid="ANY" weeksdefid="ODD"',
      'lesson weeks="10"',
    ],
    [
      'a card of odd weeks',
      'period="1" weeks="11" terms="1" days="100"',
      'period="1" weeks="10" terms="1" days="100"',
      'card weeks="10"',
    ],
    [
      'a card of one term',
      'period="1" weeks="11" terms="1" days="100"',
      'period="1" weeks="11" terms="01" days="100"',
      'card terms="01"',
    ],
    ['half a lesson a week', 'periodsperweek="2.0"', 'periodsperweek="1.5"', 'lesson periodsperweek="1.5"'],
    [
      'a lesson of all days at once',
      'groupids="*51" daysdefid="ANY"',
      'groupids="*51" daysdefid="ALL"',
      'lesson days="111"',
    ],
    [
      'a card of two days',
      'period="1" weeks="11" terms="1" days="100"',
      'period="1" weeks="11" terms="1" days="101"',
      'card days="101"',
    ],
    [
      'a card in two rooms',
      'classroomids="*31" period="1" weeks="11" terms="1" days="100"',
      'classroomids="*31,*32" period="1" weeks="11" terms="1" days="100"',
      'card classroomids="…,…"',
    ],
    ['times off', '<teacher id="*13"', '<teacher id="*13" timeoff=".111"', 'teacher timeoff'],
    [
      'another table',
      '<cards ',
      '<studentsubjects><studentsubject/></studentsubjects><cards ',
      'studentsubjects',
    ],
  ])('%s', (_, was, becomes, type) => {
    const { faults, unsupported } = readText(replaced(was, becomes))
    expect(faults).toEqual([])
    expect(unsupported.map((one) => one.type)).toEqual([type])
    const line = text.slice(0, text.indexOf(was)).split('\n').length
    expect(unsupported[0]?.lines).toEqual([line])
  })
})

describe('a file with', () => {
  test.each([
    ['another format', 'timetable', 'Timetable', 'Timetable', '<Timetable>, а нужен <timetable>'],
    ['broken XML', '<subject id="*2"', '<subject id=*2', '<subject id=*2', 'Файл XML испорчен'],
    [
      'an unknown teacher',
      'teacherids="*13" classroomids="*33"',
      'teacherids="*99" classroomids="*33"',
      '"*99"',
      'Нет учителя «*99» в <lesson teacherids>',
    ],
    ['an unknown subject', 'subjectid="*3"', 'subjectid="*93"', '"*93"', 'Нет предмета «*93»'],
    [
      'a lesson of no subject',
      'subjectid="*3"',
      'subjectid=""',
      'subjectid=""',
      'Пустое значение в <lesson subjectid>',
    ],
    ['an unknown class', 'classids="*41,*42"', 'classids="*41,*94"', '*94', 'Нет класса или группы «*94»'],
    ['an unknown group', 'groupids="*52"', 'groupids="*95"', '*95', 'Нет класса или группы «*95»'],
    [
      'an unknown room',
      'classroomids="*31" period="1"',
      'classroomids="*96" period="1"',
      '*96',
      'Нет кабинета «*96» в <card classroomids>',
    ],
    [
      'a card of no lesson',
      '<card lessonid="*61" classroomids="*31"',
      '<card classroomids="*31"',
      '<card classroomids',
      'Пустое значение в <card lessonid>',
    ],
    [
      'a card of an unknown lesson',
      '<card lessonid="*62"',
      '<card lessonid="*97"',
      '*97',
      'Нет нагрузки (lesson) «*97»',
    ],
    [
      'a lesson of the day that is no number',
      'period="2" weeks="11" terms="1" days="010"',
      'period="два" weeks="11" terms="1" days="010"',
      'period="два"',
      'Нет урока (часа дня) «два»',
    ],
    [
      'a mask of another week',
      'period="2" weeks="11" terms="1" days="010"',
      'period="2" weeks="11" terms="1" days="01000"',
      '01000',
      'всего 3',
    ],
    [
      'a mask of other digits',
      'period="2" weeks="11" terms="1" days="010"',
      'period="2" weeks="11" terms="1" days="020"',
      '020',
      'Непонятная отметка «020» в <card days>',
    ],
    [
      'an id used twice',
      '<teacher id="*12"',
      '<teacher id="*11"',
      '<teacher id="*11" firstname="Борис"',
      'Учитель назван дважды: «*11»',
    ],
    [
      'an id left out',
      '<teacher id="*12"',
      '<teacher',
      '<teacher firstname="Борис"',
      'Пустое значение в <teacher id>',
    ],
    [
      'hours in words',
      'periodsperweek="2.0"',
      'periodsperweek="two"',
      '"two"',
      '«two» в <lesson periodsperweek> — не число',
    ],
    [
      'a card longer than the day',
      'periodspercard="1" periodsperweek="1.0" teacherids="*13" classroomids="*33"',
      'periodspercard="5" periodsperweek="5.0" teacherids="*13" classroomids="*33"',
      'periodspercard="5"',
      'Занятие длится 5 уроков, а в дне их 4',
    ],
    [
      'a lesson of the day twice',
      '<period name="3" short="3" period="3"',
      '<period name="3" short="3" period="2"',
      '<period name="3"',
      'Урок (час дня) назван дважды',
    ],
    ['no lessons of the day', '<periods ', '<pauses ', '<?xml', 'Нет обязательного элемента <periods>'],
    [
      'an encoding nobody knows',
      'encoding="UTF-8"',
      'encoding="klingon"',
      'klingon',
      'Неизвестная кодировка «klingon»',
    ],
  ])('%s is refused with its line', (_, was, becomes, at, says) => {
    const opened = replaced(was, becomes)
    const tag = /^<?(timetable|periods) ?$/.exec(was)?.[1]
    const broken = tag ? opened.replace(`</${tag}>`, `</${becomes.replace(/[< ]/g, '')}>`) : opened
    const start = broken.indexOf(at) + (at.startsWith('\n') ? 1 : 0)
    const line = broken.slice(0, start).split('\n').length
    const { problem: none, given, faults } = readText(broken)
    expect([none, given]).toEqual([null, null])
    const [first = ''] = faults.map(fileFaultLine)
    expect(first).toContain(`${FILE}, строка ${line}: `)
    expect(first).toContain(says)
  })

  test('bytes that are not of the encoding it declares is refused', () => {
    const wrong = Buffer.concat([bytes.subarray(0, 300), Buffer.from([0xff, 0xfe]), bytes.subarray(300)])
    expect(readAsc(wrong, FILE).faults.map(({ code }) => code)).toEqual(['encoding-broken'])
  })

  test('a day numbered as no day is refused', () => {
    const old = readFileSync(join(FILES, 'old-asc-windows-1251.xml'))
    const wrong = Buffer.from(old.toString('latin1').replace('day="2" period', 'day="3" period'), 'latin1')
    expect(readAsc(wrong, 'old.xml').faults.map(fileFaultLine)).toEqual([
      expect.stringContaining('old.xml, строка 13: Нет дня «3» в <card day>'),
    ])
  })

  test('too many divisions to tell the students apart is refused', () => {
    const groups = Array.from({ length: 10 }, (_, tag) =>
      [1, 2]
        .map((part) => `<group id="g${tag}${part}" name="g" classid="*42" divisiontag="${tag}"/>`)
        .join(''),
    ).join('')
    const ids = Array.from({ length: 10 }, (_, tag) => `g${tag}1,g${tag}2`).join()
    const source = replaced('<group id="*51"', `${groups}<group id="*51"`).replace(
      'groupids=""',
      `groupids="${ids}"`,
    )
    expect(readText(source).faults.map(({ code, value }) => [code, value])).toEqual([
      ['list-too-long', '1024'],
    ])
  })
})
