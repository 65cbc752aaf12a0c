import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { operations } from '../../server/operations.ts'
import { addressOf } from '../access/probe.ts'
import type { Who } from '../small-school.ts'
import { ids, insert, TODAY, type World, world } from '../world.ts'

const CLASSES = ['1 доп.', '2', '5А', '10А']
const CLUBS = ['3D-печать', 'Керамика, гр. 2', 'Керамика, гр. 10']
/** Family names in the order of the alphabet; code by code «Ё» would come before all of them, «ё» after. */
const FAMILIES = ['Елагин', 'Ёлкин', 'Ершов', 'Жёлудев', 'Желябов']

const v = { version: 1 }
const span = { starts_on: '2026-11-02', ends_on: '2026-12-19' }

/** Four classes and three clubs laid down backwards; each has a child, a teacher and lessons at the same hours. */
async function manyClasses(): Promise<{ school: World; clubJournal: string; clubLesson: string }> {
  const school = await world()
  const { database } = school
  const add = (table: string, rows: Record<string, unknown>[]) => insert(database, table, rows)
  const craft = newId()
  await add('subject', [{ id: craft, name: 'Труд', ...v }])
  const named = [...FAMILIES.entries()].reverse()
  const staff = named.map(([n, last_name]) => ({ n, id: newId(), last_name, first_name: 'Артём' }))
  const children = named.map(([n, last_name]) => ({ n, id: newId(), last_name, first_name: 'Яна' }))
  await add(
    'person',
    [...staff, ...children].map(({ n: _, ...one }) => ({ ...one, middle_name: null, ...v })),
  )
  await add(
    'role_assignment',
    staff.map(({ id }) => ({
      id: newId(),
      person_id: id,
      role: 'teacher',
      starts_on: '2026-09-01',
      ...v,
    })),
  )
  await add(
    'student',
    children.map(({ id }) => ({ id, program: 'ООП', adapted: false, ...v })),
  )
  await add(
    'stay',
    children.map(({ id }) => ({
      id: newId(),
      student_id: id,
      intake_id: ids.intake,
      kind: 'temporary',
      ...span,
      ...v,
    })),
  )
  const groups = [
    ...CLASSES.map((name) => ({ name, kind: 'class', homeroom_teacher_id: ids.homeroom })),
    ...CLUBS.map((name) => ({ name, kind: 'activity', homeroom_teacher_id: null })),
  ]
    .reverse()
    .map((group) => ({ ...group, id: newId() }))
  await add(
    'study_group',
    groups.map((group) => ({ ...group, intake_id: ids.intake, ...v })),
  )
  // The last two children share a class, to be told by name alone.
  const at = (n: number) => groups.find(({ name }) => name === CLASSES[Math.min(n, CLASSES.length - 1)])
  await add(
    'group_member',
    children.map(({ id, n }) => ({
      id: newId(),
      group_id: at(n)?.id,
      group_kind: 'class',
      student_id: id,
      ...span,
      ...v,
    })),
  )
  const club = groups.find(({ name }) => name === 'Керамика, гр. 10')
  await add(
    'group_member',
    children.map(({ id }) => ({
      id: newId(),
      group_id: club?.id,
      group_kind: 'activity',
      student_id: id,
      ...span,
      ...v,
    })),
  )
  await add(
    'guardian_link',
    children.map(({ id }) => ({
      id: newId(),
      guardian_id: ids.motherOfAnna,
      student_id: id,
      kinship: 'мать',
      starts_on: '2026-11-02',
      ...v,
    })),
  )
  const journals = groups.flatMap(({ id: group_id, kind, name }) => {
    const own = staff.find(({ n }) => n === CLASSES.indexOf(name))
    return [ids.teacher, own?.id ?? ids.clubTeacher].map((teacher_id, second) => ({
      id: newId(),
      intake_id: ids.intake,
      kind: kind === 'class' ? 'lessons' : 'activity',
      subject_id: craft,
      group_id,
      teacher_id,
      part: 'mandatory',
      weekly_hours: second + 1,
      gradeless: false,
      ...v,
    }))
  })
  await add('teaching_assignment', journals)
  const lessons = journals.flatMap(({ id: journal_id, weekly_hours }) =>
    ['2026-11-10', TODAY].map((held_on) => ({
      id: newId(),
      journal_id,
      held_on,
      period: weekly_hours,
      starts_at: `0${7 + weekly_hours}:00`,
      ends_at: `0${7 + weekly_hours}:40`,
      room: '1',
      ...v,
    })),
  )
  await add('lesson', lessons)
  const clubJournal = journals.find(({ group_id }) => group_id === club?.id)?.id ?? ''
  const clubLesson = lessons.find(({ journal_id }) => journal_id === clubJournal)?.id ?? ''
  return { school, clubJournal, clubLesson }
}

type Asks = Record<string, { params?: Record<string, string>; query?: Record<string, string> }>

/** What operations ask besides their address. */
const asksOf = (journalId: string, lessonId: string): Asks => ({
  'control.read': { query: { from: '2026-11-02', to: TODAY, show: 'held' } },
  'control.summary': { query: { from: '2026-11-02', to: TODAY } },
  'days.read': { params: { day: TODAY } },
  'gradebook.read': { params: { journalId } },
  'lesson.read': { params: { lessonId } },
  'people.read': { params: { personId: ids.motherOfAnna } },
  'staff.find': { query: { query: '' } },
})

/** Who sees more of a list than others. */
const READERS: Who[] = ['deputy', 'admin', 'teacher', 'homeroom', 'director', 'secretary', 'motherOfAnna']

type Found = { path: string; names: string[] }

const said = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return []
  return Object.values(value).flatMap(said)
}

/** Which of the names each element of each list of an answer says, in the order of the list. */
function listsOf(body: unknown, names: readonly string[], path = ''): Found[] {
  if (body === null || typeof body !== 'object') return []
  if (!Array.isArray(body))
    return Object.entries(body).flatMap(([key, value]) => listsOf(value, names, `${path}.${key}`))
  const one = (element: unknown) => names.find((name) => said(element).some((text) => says(text, name))) ?? []
  const own = { path, names: body.flatMap(one) }
  return [own, ...body.flatMap((element) => listsOf(element, names, `${path}[]`))]
}

const says = (text: string, name: string) =>
  text === name || text.startsWith(`${name} `) || `${text} —`.includes(`, ${name} —`)

/** Where a list falls back: it may begin anew with another hour, day or subject, told by a name said again. */
function unordered({ names: list }: Found, order: readonly string[]): boolean {
  const run: string[] = []
  return list.some((name) => {
    const last = run.at(-1)
    if (last !== undefined && order.indexOf(name) < order.indexOf(last) && !run.includes(name)) return true
    if (last !== undefined && order.indexOf(name) < order.indexOf(last)) run.length = 0
    run.push(name)
    return false
  })
}

/** Lists that must have been among those looked at; a new one is added here. */
const LISTS = [
  'accounts.list-batch-classes .classes',
  'audit.choices .children',
  'audit.choices .people',
  'children.read .children',
  'control.read .classes',
  'control.read .rows',
  'control.read .teachers',
  'control.summary .classes',
  'control.summary .teachers',
  'days.read .lessons',
  'diary.students .students',
  'gradebook.read .students',
  'journals.list .journals',
  'lesson.read .children',
  'lessons-to-cover.read .lessons',
  'overdue.read .lessons',
  'people.list .people',
  'people.read .children',
  'staff.find .staff',
  'windows.read .journals',
  'windows.read .teachers',
]
/** Of one cell, one child or one wish, where there is no such list, or of a moment, which is opened from a real copy. */
const OF_ONE = ['diary.read', 'gradebook.cell-history', 'moment.read-lesson', 'moment.read-student']

const readable = operations.filter(({ method, stream }) => method === 'GET' && !stream)

test('every list stands in the order in which people count classes and read names', async () => {
  const { school, clubJournal, clubLesson } = await manyClasses()
  const asks = asksOf(clubJournal, clubLesson)
  const listed = new Set<string>()
  const wrong = new Set<string>()
  const look = (id: string, body: unknown, order: string[]) => {
    for (const list of listsOf(body, order)) {
      if (new Set(list.names).size < order.length - 1) continue
      listed.add(`${id} ${list.path}`)
      if (unordered(list, order)) wrong.add(`${id} ${list.path}: ${list.names.join(' · ')}`)
    }
  }
  const asked = readable.filter(({ id, path }) => !path.includes(':') || id in asks)
  for (const operation of asked)
    for (const who of READERS) {
      const { status, body } = await school.as(who).get(addressOf(operation, asks[operation.id] ?? {}))
      if (status === 200) for (const order of [CLASSES, CLUBS, FAMILIES]) look(operation.id, body, order)
    }
  expect([...wrong]).toEqual([])
  expect([...listed].sort()).toEqual(LISTS)
  const without = readable.filter((operation) => !asked.includes(operation)).map(({ id }) => id)
  expect(without.sort()).toEqual(OF_ONE)
})

test('no query sorts by a name itself, which stands code by code or as the server was set up', () => {
  const root = join(import.meta.dirname, '../../server/modules')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.sql.ts'),
  )
  const sorted = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const orders = text.match(/order by [^`)]*/g) ?? []
    return orders
      .filter((order) => /\b(name|\w+_name)\b/.test(order.replace(/\w+_key\([^)]*/g, '')))
      .map((order) => `${file}: ${order}`)
  })
  expect(sorted).toEqual([])
})
