import type { Atom, StudentSet } from '#domain/timetable/problem.ts'
import { attributeOf, listOf, nameOf, type Row, type Table, type Tables } from './rows.ts'

/** Classes and groups as sets of students, and which set a lesson is for. */
export type AscStudents = {
  readonly atoms: readonly Atom[]
  readonly studentSets: readonly StudentSet[]
  readonly setsOfLesson: (lesson: Row) => number[]
}

/** Students who are in the same sets go together; `sets` are those a student, or a sort of student, is in. */
type Member = { readonly id: string | null; readonly sets: readonly number[] }

type School = {
  readonly tables: Tables
  readonly classes: Table
  readonly groups: Table
  readonly students: Table
  readonly setOfGroup: ReadonlyMap<number, number>
}

const MOST_SORTS = 512

/**
 * Sets of students of all classes, and of the groups that lessons are for. Who is in a group is taken from its list of
 * students; where a class has none, groups of one division have nobody in common and those of different divisions
 * somebody.
 */
export function readStudents(tables: Tables, classes: Table, lessons: readonly Row[]): AscStudents {
  const groups = tables.table('groups', 'group', 'students')
  const students = tables.table('students', 'student', 'students')
  const names = classes.rows.map((row) => ({ name: nameOf(row), size: sizeOf(row) }))
  const setOfGroup = new Map<number, number>()
  for (const lesson of lessons)
    for (const group of tables.references(lesson, groups, 'students', 'groupids', 'groupid'))
      if (!setOfGroup.has(group))
        setOfGroup.set(group, addSet(groups.rows[group] as Row, tables, classes, names))
  const school: School = { tables, classes, groups, students, setOfGroup }
  const lists = listsOf(lessons, students)
  for (const list of lists.values()) names.push({ name: list.name, size: list.ids.length })
  const listSets = [...lists.values()].map(({ ids }, index) => ({
    ids: new Set(ids),
    set: names.length - lists.size + index,
  }))
  const members = classes.rows
    .flatMap((_, index) => membersOf(index, school))
    .map(
      (member): Member => ({
        ...member,
        sets: [
          ...member.sets,
          ...listSets.flatMap(({ ids, set }) => (member.id !== null && ids.has(member.id) ? [set] : [])),
        ],
      }),
    )
  const setOfList = new Map([...lists.keys()].map((key, index) => [key, listSets[index]?.set ?? -1]))
  return { ...composed(names, members), setsOfLesson: (lesson) => setsOf(lesson, school, setOfList) }
}

/** The set a group is: that of its class, or one of its own that is added. */
function addSet(row: Row, tables: Tables, classes: Table, names: { name: string; size: number }[]): number {
  const [own = -1] = tables.references(row, classes, 'students', 'classid')
  if (attributeOf(row, 'entireclass') === '1') return own
  return names.push({ name: `${names[own]?.name ?? ''} ${nameOf(row)}`.trim(), size: sizeOf(row) }) - 1
}

function sizeOf(row: Row): number {
  const count = Number(attributeOf(row, 'studentcount'))
  return Number.isInteger(count) && count > 0 ? count : listOf(row, 'studentids').length
}

/** Lists of students that lessons are for without a group. */
function listsOf(lessons: readonly Row[], students: Table): Map<string, { name: string; ids: string[] }> {
  const lists = new Map<string, { name: string; ids: string[] }>()
  for (const lesson of lessons) {
    const ids = listOf(lesson, 'studentids')
    if (ids.length === 0 || listOf(lesson, 'groupids', 'groupid').length > 0) continue
    const name = ids.map((id) => nameOf(students.rows[students.byId.get(id) ?? -1] ?? lesson)).join(', ')
    lists.set(ids.join(), { name, ids })
  }
  return lists
}

function membersOf(index: number, school: School): Member[] {
  const { tables, classes, groups, students, setOfGroup } = school
  const divided = [...setOfGroup].flatMap(([group, set]) => {
    const row = groups.rows[group] as Row
    return set !== index && classes.byId.get(attributeOf(row, 'classid')) === index ? [{ row, set }] : []
  })
  const known = students.rows.filter((row) => classes.byId.get(attributeOf(row, 'classid')) === index)
  if (known.length > 0 && divided.every(({ row }) => listOf(row, 'studentids').length > 0))
    return known.map((row) => {
      const id = attributeOf(row, 'id')
      const own = divided.filter((group) => listOf(group.row, 'studentids').includes(id))
      return { id, sets: [index, ...own.map(({ set }) => set)] }
    })
  const divisions = new Map<string, number[]>()
  for (const { row, set } of divided) {
    const tag = attributeOf(row, 'divisiontag')
    divisions.set(tag, [...(divisions.get(tag) ?? []), set])
  }
  const sorts = [...divisions.values()].reduce((count, sets) => count * sets.length, 1)
  if (sorts > MOST_SORTS) {
    const line = divided[0]?.row.line ?? 1
    tables.report.fault(line, 'list-too-long', String(sorts), { element: 'groups', most: MOST_SORTS })
    return []
  }
  let members: Member[] = [{ id: null, sets: [index] }]
  for (const sets of divisions.values())
    members = members.flatMap((member) => sets.map((set) => ({ id: null, sets: [...member.sets, set] })))
  return members
}

function composed(
  names: readonly { name: string; size: number }[],
  members: readonly Member[],
): { atoms: Atom[]; studentSets: StudentSet[] } {
  const sorts = [...new Map(members.map(({ sets }) => [sets.join(), sets])).values()]
  const atomsOfSet = names.map((_, set) => sorts.flatMap((sets, atom) => (sets.includes(set) ? [atom] : [])))
  const sizeOfSet = (set: number): number => atomsOfSet[set]?.length ?? 0
  const atoms = sorts.map((sets): Atom => {
    const [smallest = 0] = [...sets].sort((a, b) => sizeOfSet(a) - sizeOfSet(b))
    const name = sets.length < 2 ? sets : sets.slice(1)
    return { name: name.map((set) => names[set]?.name ?? '').join(' + '), set: smallest }
  })
  const studentSets = names.map(({ name, size }, set) => ({ name, size, atoms: atomsOfSet[set] ?? [] }))
  return { atoms, studentSets }
}

function setsOf(lesson: Row, school: School, setOfList: ReadonlyMap<string, number>): number[] {
  const { tables, classes, groups, students, setOfGroup } = school
  const own = tables.references(lesson, classes, 'students', 'classids', 'classid')
  const grouped = listOf(lesson, 'groupids', 'groupid').flatMap((id) => groups.byId.get(id) ?? [])
  const list = listOf(lesson, 'studentids')
  if (grouped.length === 0 && list.length > 0) {
    if (list.every((id) => students.byId.has(id))) return [setOfList.get(list.join()) ?? -1]
    tables.report.unsupported('lesson studentids', lesson.line)
  }
  const withGroup = new Set(
    grouped.flatMap((group) => classes.byId.get(attributeOf(groups.rows[group] as Row, 'classid')) ?? []),
  )
  const whole = own.filter((index) => !withGroup.has(index))
  return [...new Set([...whole, ...grouped.flatMap((group) => setOfGroup.get(group) ?? [])])]
}
