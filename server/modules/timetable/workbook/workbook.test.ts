import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { brokenPlaces, costOf, isHardPlace } from '#domain/timetable/constraints/cost.ts'
import { checkNorms } from '#domain/timetable/norms/check.ts'
import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'
import { openSearch } from '#domain/timetable/solver/search.ts'
import type { IntakeData } from '#modules/imports/index.ts'
import { readFiles } from '#modules/imports/index.ts'
import { type IntakeProblem, problemOfIntake } from './problem-of-intake.ts'
import { readIntake } from './read-intake.ts'
import { writeIntakeTimetable } from './write-timetable.ts'

const FOLDER = 'demo/first-intake'
const TABLES = ['Сотрудники', 'Воспитанники', 'Учебный план', 'Нагрузка', 'Звонки и календарь', 'Процедуры']

let data: IntakeData
let intake: IntakeProblem

beforeAll(async () => {
  const reading = await readIntake([FOLDER])
  if (reading.intake === null) throw new Error('nothing to compose')
  data = reading.data
  intake = reading.intake
})

const stated = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1])

function composed(problem: TimetableProblem): PlacedTimetable {
  const search = openSearch(problem, { seed: 1 })
  for (let turn = 0; turn < 200; turn++) if (search.run(10_000).complete) break
  return search.best()
}

const hardPlaces = (problem: TimetableProblem, timetable: PlacedTimetable) =>
  brokenPlaces(problem, timetable).filter((place) => isHardPlace(problem, place))

const sourcesOf = (problem: TimetableProblem, timetable: PlacedTimetable): string[] => [
  ...new Set(
    hardPlaces(problem, timetable).map(({ constraint }) =>
      typeof constraint === 'string' ? constraint : (problem.constraints[constraint]?.source ?? ''),
    ),
  ),
]

// The given timetable with one card of a subject of a class moved to a day and lesson, both from 1.
function moved(subject: string, label: string, day: number, lesson: number): PlacedTimetable {
  const { problem, given, setting } = intake
  const card = setting.cards.find(
    (one) => one.subject === subject && setting.classes[one.class]?.name === label,
  )
  const start = Int32Array.from(given.start)
  start[card?.activity ?? -1] = (day - 1) * problem.periods.length + lesson - 1
  return { start, room: given.room }
}

test('the load gives the cards the intake was counted to have, and the given timetable places all of them', async () => {
  const totals = await readFile(`${FOLDER}/ПРОВЕРКА.md`, 'utf8')
  const { problem, given, courses } = intake
  expect(problem.activities).toHaveLength(stated(totals, /Занятий в сетке расписания: \*\*(\d+)/))
  const lines = courses.reduce((sum, { assignments }) => sum + assignments.length, 0)
  expect(lines).toBe(stated(totals, /с учётом подгрупп: \*\*(\d+)/))
  expect(costOf(problem, given)).toMatchObject({ unplaced: 0 })
  expect(given.room.every((room) => room >= 0)).toBe(true)
})

test('the given timetable is sound but for one hour that takes a child from a procedure', () => {
  expect(sourcesOf(intake.problem, intake.given)).toEqual(['Богачёва Ольга Константиновна: механотерапия'])
  expect(hardPlaces(intake.problem, intake.given)).toHaveLength(1)
})

describe('what the tables say holds for every timetable', () => {
  test.each<[string, () => PlacedTimetable, string]>([
    ['a method day', () => moved('География', '9А', 2, 1), 'методический день: Рыбакова Нина Саввична'],
    ['a club', () => moved('Орлята России', '3А', 3, 9), 'Вокальный ансамбль «Капель», гр. 1'],
    ['a corrective group', () => moved('Орлята России', '1А', 1, 7), 'Дефектолог, гр. 1 (1–4 кл.)'],
    ['the first hour of the week', () => moved('Разговоры о важном', '7А', 2, 1), '«Разговоры о важном»'],
    ['the pause after lessons', () => moved('Орлята России', '2А', 2, 6), 'СП 2.4.3648-20'],
  ])('%s', (_, timetable, source) => {
    expect(sourcesOf(intake.problem, timetable()).join('; ')).toContain(source)
  })

  test('a procedure that names the lesson it takes keeps nobody from a lesson, and the lesson is wished to stay', () => {
    const { problem } = intake
    const away = problem.constraints.filter(({ kind }) => kind === 'away').map(({ source }) => source)
    expect(away.join()).not.toContain('Цветков Константин Евгеньевич: массаж')
    const wish = problem.constraints.findIndex(({ source }) =>
      source?.startsWith('Цветков Константин Евгеньевич пропускает'),
    )
    expect(costOf(problem, intake.given).byConstraint[wish]).toBe(0)
    expect(costOf(problem, moved('Информатика', '7А', 5, 7)).byConstraint[wish]).toBe(1)
  })
})

describe('subgroups', () => {
  const cardsOf = ({ problem, setting }: IntakeProblem, subject: string, label: string) =>
    setting.cards
      .filter((one) => one.subject === subject && setting.classes[one.class]?.name === label)
      .map(({ activity }) => problem.activities[activity])

  test('go at the same time, each with a teacher and a room of its own', () => {
    const { problem } = intake
    const cards = cardsOf(intake, 'Физическая культура', '5А')
    expect(cards.map((card) => card?.teachers.length)).toEqual([2, 2])
    const [first = -1] = cards.map((card) => problem.activities.findIndex(({ id }) => id === card?.id))
    const rooms = problem.constraints.flatMap((one) =>
      one.kind === 'rooms' && one.activities.includes(first)
        ? one.rooms.map((room) => problem.rooms[room]?.name)
        : [],
    )
    expect(rooms).toEqual(['спортзал + зал ЛФК'])
  })

  test('with different hours are composed apart, and their children are not mixed up', () => {
    const assignments = data.assignments.map((one) =>
      one.classKey === '5а' && one.subjectKey === 'физическая культура' && one.subgroupKey?.includes('спец')
        ? { ...one, hours: 3 }
        : one,
    )
    const apart = problemOfIntake({ ...data, assignments, timetable: [] })
    const cards = cardsOf(apart, 'Физическая культура', '5А')
    expect(cards.map((card) => card?.teachers.length)).toEqual([1, 1, 1, 1, 1])
    const atoms = cards.map((card) => apart.problem.studentSets[card?.students[0] ?? -1]?.atoms)
    expect(new Set(atoms.map(String)).size).toBe(2)
    expect(atoms.flat()).not.toContain(undefined)
    const whole = apart.problem.studentSets.find(({ name }) => name === '5А')?.atoms
    expect(whole).toHaveLength(2)
  })
})

test('the load and the procedures alone are composed without breaking anything', () => {
  const { problem, setting } = problemOfIntake({ ...data, timetable: [] })
  const timetable = composed(problem)
  expect(costOf(problem, timetable)).toMatchObject({ hard: 0, unplaced: 0 })
  const binding = checkNorms(problem, setting, timetable).map(({ norm }) => norm)
  for (const norm of ['daily-load', 'class-window', 'late-start', 'double-lesson', 'pause-before-later'])
    expect(binding).not.toContain(norm)
})

describe('a written timetable', () => {
  const readBack = async (timetable: PlacedTimetable): Promise<IntakeData> => {
    const bytes = await writeIntakeTimetable(data, intake, timetable)
    const tables = await Promise.all(
      TABLES.map(async (name) => ({ name: `${name}.xlsx`, bytes: await readFile(`${FOLDER}/${name}.xlsx`) })),
    )
    const { data: read, files } = await readFiles([...tables, { name: 'Расписание.xlsx', bytes }])
    const faults = files.find(({ name }) => name === 'Расписание.xlsx')?.faults ?? []
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
    return read
  }
  const sorted = (list: IntakeData['timetable']) => list.toSorted((a, b) => (a.key < b.key ? -1 : 1))

  test('of the tables comes back with every lesson, time, subgroup and room', async () => {
    expect(sorted((await readBack(intake.given)).timetable)).toEqual(sorted(data.timetable))
  })

  test('that was composed comes back as it was composed', async () => {
    const timetable = composed(intake.problem)
    const read = await readBack(timetable)
    const again = problemOfIntake({ ...data, timetable: read.timetable })
    const cellsOf = ({ problem }: IntakeProblem, { start, room }: PlacedTimetable) =>
      problem.activities
        .map(({ group }, index) => `${group} ${start[index]} ${problem.rooms[room[index] ?? -1]?.name}`)
        .sort()
    expect(cellsOf(again, again.given)).toEqual(cellsOf(intake, timetable))
  })
})

test('tables with an error are not composed, and the error has file, sheet and cell', async () => {
  const { intake: none, faults } = await readIntake([`${FOLDER}/Нагрузка.xlsx`])
  expect(none).toBeNull()
  expect(faults.find(({ sheet, severity }) => sheet === 'Нагрузка' && severity === 'error')).toMatchObject({
    file: 'Нагрузка.xlsx',
    cell: expect.stringMatching(/^[A-Z]+\d+$/),
  })
})

test('some of the workbooks are enough', async () => {
  const paths = TABLES.map((name) => `${FOLDER}/${name}.xlsx`)
  const { intake: read } = await readIntake(paths)
  expect(read?.problem.activities).toHaveLength(intake.problem.activities.length)
  expect([...(read?.given.start ?? [])].every((slot) => slot < 0)).toBe(true)
})
