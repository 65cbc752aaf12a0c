import { type Constraint, HARD } from '#domain/timetable/constraint.ts'
import {
  type Activity,
  emptyTimetable,
  type PlacedTimetable,
  type TimetableProblem,
} from '#domain/timetable/problem.ts'
import { type FileFault, FileReport, type Unsupported } from '../faults.ts'
import { readXml, type XmlElement } from '../xml.ts'
import { lengthOf, type PlacedCard, readCards } from './cards.ts'
import { decodeXml } from './decode.ts'
import { type AscGrid, daysOfMask, masksOf, readGrid } from './grid.ts'
import { attributeOf, nameOf, type Row, type Table, Tables } from './rows.ts'
import { type AscStudents, readStudents } from './students.ts'

/**
 * What an export of aSc TimeTables holds: the load as a problem, and the timetable its cards make, with the cards
 * nobody may move. Both are `null` when there is any fault in the file.
 */
export type AscReading = {
  readonly problem: TimetableProblem | null
  readonly given: PlacedTimetable | null
  readonly locked: readonly number[]
  /** Cards that are not in every week or term: whether they clash cannot be told by one week. */
  readonly notEveryWeek: readonly number[]
  readonly faults: readonly FileFault[]
  readonly unsupported: readonly Unsupported[]
}

/**
 * Reads an export of aSc TimeTables («aSc Timetables XML», 2008 and 2012), in UTF-8, UTF-16, windows-1251 or what
 * else it declares. Lessons that are not in every week or term are read as if they were, named as unsupported and told
 * apart, so that nobody reports a clash of weeks that never meet; conditions of the program are not in its export and
 * so not in the problem.
 */
export function readAsc(bytes: Uint8Array, file: string): AscReading {
  const report = new FileReport(file)
  const read = readFile(bytes, report)
  const unsupported = report.notSupported
  if (report.faults.length > 0 || !read)
    return { problem: null, given: null, locked: [], notEveryWeek: [], faults: report.faults, unsupported }
  return { ...read, faults: [], unsupported }
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['periods', 'breaks', 'bells', 'days', 'daysdefs', 'weeksdefs', 'termsdefs', 'subjects', 'teachers'],
  ...['buildings', 'classrooms', 'grades', 'classes', 'groups', 'students', 'lessons', 'cards'],
])

const UNLIMITED = 1_000_000

type Lesson = {
  readonly row: Row
  readonly length: number
  readonly placed: readonly PlacedCard[]
  readonly count: number
  /** How many of its cards are for every week. */
  readonly everyWeek: number
}

function readFile(bytes: Uint8Array, report: FileReport) {
  const text = decodeXml(bytes, report)
  if (text === null) return null
  const xml = readXml(text, report.file)
  if ('fault' in xml) {
    report.faults.push(xml.fault)
    return null
  }
  if (xml.root.name !== 'timetable') {
    report.fault(xml.root.line, 'other-format', xml.root.name, { element: 'timetable' })
    return null
  }
  return composed(xml.root, new Tables(xml.root, report))
}

function composed(root: XmlElement, tables: Tables) {
  tables.nameOthers(KNOWN)
  const grid = readGrid(tables)
  const subjects = tables.table('subjects', 'subject', 'subject')
  const teachers = tables.table('teachers', 'teacher', 'teacher')
  const buildings = tables.table('buildings', 'building', 'building')
  const rooms = tables.table('classrooms', 'classroom', 'room')
  const classes = tables.table('classes', 'class', 'students')
  const lessonTable = tables.table('lessons', 'lesson', 'lesson')
  nameTimeOff(tables, [teachers, rooms, classes, subjects])
  const students = readStudents(tables, classes, lessonTable.rows)
  const placed = readCards(tables, grid, lessonTable, rooms)
  const lessons = lessonTable.rows.map((row, index) => readLesson(tables, grid, row, placed[index] ?? []))
  if (lessons.length === 0) tables.report.fault(root.line, 'nothing-to-place')
  const cards = lessons.flatMap((lesson) =>
    Array.from({ length: lesson.count }, (_, part) => ({
      ...{ lesson, place: lesson.placed[part], always: isEveryWeek(lesson, part) },
    })),
  )
  const activities = lessons.flatMap((lesson) =>
    activitiesOf(lesson, tables, { subjects, teachers, students }),
  )
  const problem: TimetableProblem = {
    name: attributeOf(root, 'displayname') || tables.report.file,
    days: grid.days,
    periods: grid.periods,
    teachers: teachers.rows.map((row) => ({ name: nameOf(row) })),
    atoms: students.atoms,
    studentSets: students.studentSets,
    subjects: subjects.rows.map(nameOf),
    tags: [],
    buildings: buildings.rows.map(nameOf),
    rooms: rooms.rows.map((row) => ({
      name: nameOf(row),
      capacity:
        attributeOf(row, 'capacity').replace('*', '') === ''
          ? UNLIMITED
          : tables.number(row, UNLIMITED, 'capacity'),
      building: tables.references(row, buildings, 'building', 'buildingid')[0] ?? null,
    })),
    activities,
    constraints: [...roomsAsked(tables, cards, rooms), ...daysAsked(tables, grid, cards)],
  }
  const given = emptyTimetable(problem)
  for (const [card, { place }] of cards.entries()) {
    if (!place) continue
    given.start[card] = place.day * grid.periods.length + place.period
    if (place.room !== null) given.room[card] = place.room
  }
  return {
    problem,
    given,
    locked: cards.flatMap(({ place }, card) => (place?.locked ? [card] : [])),
    notEveryWeek: cards.flatMap(({ always }, card) => (always ? [] : [card])),
  }
}

type Taught = { readonly subjects: Table; readonly teachers: Table; readonly students: AscStudents }

function activitiesOf({ row, length, count }: Lesson, tables: Tables, taught: Taught): Activity[] {
  const { subjects, teachers, students } = taught
  const group = attributeOf(row, 'id')
  const [subject = -1] = tables.references(row, subjects, 'subject', 'subjectid')
  if (attributeOf(row, 'subjectid') === '')
    tables.report.fault(row.line, 'value-missing', null, { element: 'lesson subjectid' })
  const own = {
    teachers: tables.references(row, teachers, 'teacher', 'teacherids', 'teacherid'),
    students: students.setsOfLesson(row),
  }
  const size = own.students.reduce((sum, set) => sum + (students.studentSets[set]?.size ?? 0), 0)
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: `${group}/${index + 1}`, group, part: index + 1, subject, tags: [], ...own, length, size },
  }))
}

function nameTimeOff(tables: Tables, lists: readonly Table[]): void {
  for (const row of lists.flatMap(({ rows }) => rows))
    if (attributeOf(row, 'timeoff') !== '') tables.report.unsupported(`${row.name} timeoff`, row.line)
}

// More than the longest week has.
const MOST_PER_WEEK = 1_000

function readLesson(tables: Tables, grid: AscGrid, row: Row, placed: readonly PlacedCard[]): Lesson {
  const length = lengthOf(tables, row)
  if (length > grid.periods.length)
    tables.report.fault(row.line, 'longer-than-day', String(length), { most: grid.periods.length })
  const perWeek = tables.number(row, length, 'periodsperweek')
  if (perWeek > MOST_PER_WEEK)
    tables.report.fault(row.line, 'number-out-of-range', String(perWeek), {
      ...{ element: 'lesson periodsperweek', least: 0, most: MOST_PER_WEEK },
    })
  const asked = Math.min(perWeek, MOST_PER_WEEK) / length
  if (!Number.isInteger(asked))
    tables.report.unsupported(`lesson periodsperweek="${attributeOf(row, 'periodsperweek')}"`, row.line)
  let always = true
  for (const [attribute, table, what] of [
    ['weeksdefid', 'weeksdefs', 'weeks'],
    ['termsdefid', 'termsdefs', 'terms'],
  ] as const) {
    // In the format of 2008 the lesson has the mask itself.
    const masks = attributeOf(definitionOf(tables, row, attribute, table) ?? row, what)
    if (!/0/.test(masks)) continue
    tables.report.unsupported(`lesson ${what}="${masks}"`, row.line)
    always = false
  }
  const everyWeek = always ? Math.floor(asked) : 0
  return { row, length, placed, everyWeek, count: Math.max(Math.ceil(asked), placed.length) }
}

// Half a lesson a week asks for a card, and so do two cards that take turns.
function isEveryWeek({ placed, everyWeek }: Lesson, part: number): boolean {
  const place = placed[part]
  if (place) return place.always
  return part - placed.length < everyWeek - placed.filter(({ always }) => always).length
}

function definitionOf(tables: Tables, row: Row, attribute: string, table: string): Row | undefined {
  const id = attributeOf(row, attribute)
  return tables.rows(table, table.slice(0, -1)).find((one) => attributeOf(one, 'id') === id && id !== '')
}

type Card = { readonly lesson: Lesson; readonly place: PlacedCard | undefined; readonly always: boolean }

/** Cards by a list of numbers that says what is asked for them. */
function byList(
  cards: readonly Card[],
  listOfCard: (card: Card) => readonly number[] | null,
): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const [index, card] of cards.entries()) {
    const key = listOfCard(card)?.join()
    if (key === undefined) continue
    const list = found.get(key)
    if (list) list.push(index)
    else found.set(key, [index])
  }
  return found
}

const numbers = (key: string): number[] => key.split(',').map(Number)

function roomsAsked(tables: Tables, cards: readonly Card[], rooms: Table): Constraint[] {
  const ofLesson = new Map<Row, readonly number[]>()
  const roomsOf = ({ lesson: { row, placed } }: Card): readonly number[] | null => {
    const listed = ofLesson.get(row) ?? tables.references(row, rooms, 'room', 'classroomids', 'classroomid')
    ofLesson.set(row, listed)
    const used = placed.flatMap(({ room }) => room ?? [])
    // A room chosen by hand need not be among those the lesson lists.
    const all = listed.length > 0 ? [...listed, ...used] : used
    return all.length > 0 ? [...new Set(all)].sort((a, b) => a - b) : null
  }
  return [...byList(cards, roomsOf)].map(([key, activities]) => ({
    kind: 'rooms',
    weight: HARD,
    activities,
    rooms: numbers(key),
  }))
}

function daysAsked(tables: Tables, grid: AscGrid, cards: readonly Card[]): Constraint[] {
  const ofLesson = new Map<Row, readonly number[] | null>()
  const daysOf = ({ lesson: { row } }: Card): readonly number[] | null => {
    if (!ofLesson.has(row)) ofLesson.set(row, daysOfLesson(tables, grid, row))
    return ofLesson.get(row) ?? null
  }
  return [...byList(cards, daysOf)].map(([key, activities]) => ({
    kind: 'starts',
    weight: HARD,
    activities,
    slots: numbers(key).flatMap((day) => grid.periods.map((_, period) => day * grid.periods.length + period)),
  }))
}

/** Days the lesson may be on, or `null` when it may be on all. */
function daysOfLesson(tables: Tables, grid: AscGrid, row: Row): number[] | null {
  const definition = definitionOf(tables, row, 'daysdefid', 'daysdefs')
  if (!definition) return null
  const days = masksOf(definition).map((mask) => daysOfMask(mask, definition, grid, tables) ?? [])
  if (days.some((some) => some.length > 1))
    tables.report.unsupported(`lesson days="${attributeOf(definition, 'days')}"`, row.line)
  const all = [...new Set(days.flat())].sort((a, b) => a - b)
  return all.length === 0 || all.length === grid.days.length ? null : all
}
