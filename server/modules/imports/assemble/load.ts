import type { Place } from '../faults.ts'
import type { SubgroupRecord, TeachingAssignmentRecord } from '../intake-data.ts'
import type { KnownTeaching } from '../known-centre.ts'
import type { LoadRow, SubgroupRow } from '../readers/load.ts'
import type { CorrectiveGroupRow } from '../readers/procedures.ts'
import type { Mention } from '../sheet/cells.ts'
import { divisionSubject } from '../values/subjects.ts'
import { MIXED_CLASS, SUBGROUP_SPELLINGS } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'
import { subjectCalled } from './explained.ts'
import type { Registry } from './registry.ts'
import { findChild, findClass, findStaff, findSubject, labelOf, saidAt } from './registry.ts'

type Blank = { classKey: string; division: string; child: string; at: Place }

/** Subgroups of classes with their children; a child left out of a division of its class is asked about. */
export function assembleSubgroups(rows: SubgroupRow[], registry: Registry): SubgroupRecord[] {
  const subgroups = new Map<string, SubgroupRecord>()
  const blanks = rows.flatMap((row) => takeLabels(subgroups, row, registry))
  for (const { classKey, division, child, at } of blanks) {
    const isParted = [...subgroups.values()].some(
      (one) => one.classKey === classKey && one.division === division,
    )
    if (isParted) registry.report(at, 'child-without-subgroup', child, { division })
  }
  checkEveryChildListed(rows, [...subgroups.values()], registry)
  return [...subgroups.values()]
}

function takeLabels(subgroups: Map<string, SubgroupRecord>, row: SubgroupRow, registry: Registry): Blank[] {
  const classKey = findClass(registry, row.classUnit)
  const child = findChild(registry, row.child, row.classUnit)
  if (classKey === null) return []
  return row.labels.flatMap(({ subject, label, at }) => {
    const division = divisionSubject(subjectCalled(registry, subject).name)
    if (label !== null && child !== null) checkOnePart({ classKey, division, label, child }, at, registry)
    if (label === null) return [{ classKey, division, child: row.child.text, at }]
    addMember(subgroups, { classKey, division, label, child })
    return []
  })
}

// A child is in one part of a division.
function checkOnePart({ classKey, division, label, child }: Member, at: Place, registry: Registry): void {
  const place = `part|${child}|${division}`
  const before = registry.places.get(place)
  const said = subgroupKey(classKey, division, label)
  const other = registry.places.get(`${place}|${said}`)
  if (before !== undefined && other === undefined)
    registry.report(at, 'rows-differ', label, saidAt(before, at))
  registry.places.set(place, at)
  registry.places.set(`${place}|${said}`, at)
}

/** Who teaches what to whom; every name, class, subject and group must be known from the other lists. */
export function assembleLoad(
  rows: LoadRow[],
  known: { subgroups: KnownTeaching['subgroups']; groupKeys: Set<string> },
  registry: Registry,
): TeachingAssignmentRecord[] {
  const assignments = new Map<string, TeachingAssignmentRecord>()
  for (const row of rows) {
    const teacherKey = findStaff(registry, row.teacher)
    const isMixed = MIXED_CLASS.test(fold(row.classUnit.text))
    const taught = isMixed
      ? mixedGroup(row, known.groupKeys, registry)
      : wholeOrSubgroup(row, known.subgroups, registry)
    if (teacherKey === null || taught === null) continue
    const { hours, part } = row
    const key = assignmentKey({ teacherKey, ...taught })
    if (assignments.has(key))
      registry.report(
        row.at,
        'row-duplicated',
        `${row.teacher.text}, ${row.subject.text}`,
        saidAt(registry.places.get(`load|${key}`), row.at),
      )
    else assignments.set(key, { key, teacherKey, ...taught, hours, part })
    registry.places.set(`load|${key}`, row.hoursAt)
    if (!registry.places.has(`teacher|${teacherKey}`)) registry.places.set(`teacher|${teacherKey}`, row.at)
  }
  return [...assignments.values()]
}

/** What the tables say, and what the journal has besides. */
export function withKnown<One extends { key: string }>(read: One[], known: One[]): One[] {
  const keys = new Set(read.map(({ key }) => key))
  return [...read, ...known.filter(({ key }) => !keys.has(key))]
}

/** Times of a corrective group are kept in the journal of its load: without one they would be lost. */
export function checkGroupsTaught(
  rows: CorrectiveGroupRow[],
  assignments: TeachingAssignmentRecord[],
  { report }: Registry,
): void {
  const taught = new Set(assignments.map(({ correctiveGroupKey }) => correctiveGroupKey))
  for (const { name, at } of rows) if (!taught.has(fold(name))) report(at, 'group-without-load', name)
}

type Taught = Pick<TeachingAssignmentRecord, 'subjectKey' | 'classKey' | 'subgroupKey' | 'correctiveGroupKey'>

/** Key under which an assignment is found again: teacher, subject and whom they teach. */
export function assignmentKey(parts: Taught & { teacherKey: string }): string {
  const { teacherKey, subjectKey, classKey, correctiveGroupKey } = parts
  return [teacherKey, subjectKey, parts.subgroupKey ?? correctiveGroupKey ?? classKey].join('|')
}

/** Key of the subgroup a label means for a subject of a class, or null when the class has none such. */
export function subgroupKeyOf(
  subgroups: KnownTeaching['subgroups'],
  classKey: string,
  subject: string,
  label: string,
): string | null {
  const key = subgroupKey(classKey, divisionSubject(subject), label)
  return subgroups.some((one) => one.key === key) ? key : null
}

function wholeOrSubgroup(
  row: LoadRow,
  subgroups: KnownTeaching['subgroups'],
  registry: Registry,
): Taught | null {
  const classKey = findClass(registry, row.classUnit)
  const subjectKey = findSubject(registry, row.subject)
  if (classKey === null || subjectKey === null) return null
  if (row.subgroup === null) return { subjectKey, classKey, subgroupKey: null, correctiveGroupKey: null }
  const part = subgroupKeyOf(
    subgroups,
    classKey,
    subjectCalled(registry, row.subject.text).name,
    row.subgroup.text,
  )
  if (part !== null) return { subjectKey, classKey, subgroupKey: part, correctiveGroupKey: null }
  registry.report(row.subgroup.at, 'subgroup-unknown', row.subgroup.text, {
    subject: subjectCalled(registry, row.subject.text).name,
    classUnit: row.classUnit.text,
  })
  return null
}

function mixedGroup(row: LoadRow, groupKeys: Set<string>, registry: Registry): Taught | null {
  const subjectKey = findSubject(registry, row.subject)
  const name: Mention = row.subgroup ?? row.classUnit
  const correctiveGroupKey = fold(name.text)
  if (!groupKeys.has(correctiveGroupKey)) {
    registry.report(name.at, 'group-unknown', name.text)
    return null
  }
  return subjectKey === null ? null : { subjectKey, classKey: null, subgroupKey: null, correctiveGroupKey }
}

type Member = { classKey: string; division: string; label: string; child: string | null }

function addMember(
  subgroups: Map<string, SubgroupRecord>,
  { classKey, division, label, child }: Member,
): void {
  const key = subgroupKey(classKey, division, label)
  const subgroup = subgroups.get(key) ?? {
    key,
    classKey,
    division,
    name: subgroupName(label),
    memberKeys: [],
  }
  if (child !== null && !subgroup.memberKeys.includes(child)) subgroup.memberKeys.push(child)
  subgroups.set(key, subgroup)
}

function checkEveryChildListed(rows: SubgroupRow[], subgroups: SubgroupRecord[], registry: Registry): void {
  const [first] = rows
  if (first === undefined) return
  const partedClasses = new Set(subgroups.map(({ classKey }) => classKey))
  const listed = new Set(subgroups.flatMap(({ memberKeys }) => memberKeys))
  for (const { key, name, classKey } of registry.children.byKey.values()) {
    if (!partedClasses.has(classKey) || listed.has(key)) continue
    const classUnit = labelOf(registry, classKey)
    const place = { ...first.at, cell: null }
    registry.report(place, 'child-without-subgroup', name.full, { division: classUnit })
  }
}

/** Key of a part of a class in one division, however its number is written. */
export function subgroupKey(classKey: string, division: string, label: string): string {
  return [classKey, fold(division), fold(subgroupName(label))].join('|')
}

function subgroupName(label: string): string {
  const folded = fold(label)
  const spelling = SUBGROUP_SPELLINGS.find(([pattern]) => pattern.test(folded))
  return spelling === undefined ? label : folded.replace(spelling[0], spelling[1])
}
