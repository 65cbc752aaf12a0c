import { nameKey as letterKey } from '#domain/people/name-key.ts'
import type {
  GuardianLinkRecord,
  GuardianRecord,
  HomeSchoolRecord,
  IntakeRecord,
  StudentRecord,
} from '../intake-data.ts'
import type { KnownCentre, KnownChild } from '../known-centre.ts'
import type { GuardianRow, StudentRow } from '../readers/students.ts'
import type { PersonName } from '../values/names.ts'
import { nameKey } from '../values/names.ts'
import { fold } from '../values/text.ts'
import { isLikeName, nameToKeep, wordsOf } from './likeness.ts'
import { lettersApart } from './nearest.ts'
import type { People, Registry } from './registry.ts'
import { addPerson, answerOf, findClass } from './registry.ts'

const YOUNGEST = 5
const OLDEST = 20

/** Makes people of the journal known to mentions, besides those the tables list. */
export function addKnown<Person extends { key: string; name: PersonName }>(
  people: People<Person>,
  known: Person[],
  read: ReadonlyMap<string, unknown>,
): void {
  for (const person of known) if (!read.has(person.key)) addPerson(people, person)
}

/** Children with their schools and guardians; the same child twice is refused, a likely double asked about. */
export function assembleStudents(
  rows: StudentRow[],
  intake: IntakeRecord | null,
  registry: Registry,
): {
  students: StudentRecord[]
  homeSchools: HomeSchoolRecord[]
  guardians: GuardianRecord[]
  guardianLinks: GuardianLinkRecord[]
} {
  const students = new Map<string, StudentRecord>()
  const twins: Twins = { byName: new Map(), byBirth: new Map() }
  const schools = new Map<string, HomeSchoolRecord>()
  const families = {
    guardians: new Map<string, GuardianRecord>(),
    links: new Map<string, GuardianLinkRecord>(),
  }
  for (const row of rows) {
    const classKey = findClass(registry, row.classUnit)
    const child = knownChild(row, registry)
    const key = child?.key ?? ownKey(row)
    if (isDouble(key, row, twins, registry) || classKey === null) continue
    checkDates(row, intake, registry)
    const homeSchoolKey = learnSchool(schools, row.homeSchool)
    const name = nameToKeep(row.name, child?.name ?? row.name)
    const student = toStudent({ ...row, name }, { key, classKey, homeSchoolKey, intake })
    students.set(key, student)
    remember(twins, student)
    // Other tables may still call the child as before.
    if (child) addPerson(registry.children, { ...child, classKey, birthDate: row.birthDate })
    addPerson(registry.children, { key, name: student.name, classKey, birthDate: row.birthDate })
    registry.places.set(`student|${key}`, row.at)
    linkGuardians(families, key, row.guardians, registry)
  }
  addKnown(
    registry.children,
    registry.known.students.filter(({ stays }) => stays),
    students,
  )
  return {
    students: [...students.values()],
    homeSchools: [...schools.values()],
    guardians: [...families.guardians.values()],
    guardianLinks: [...families.links.values()],
  }
}

const ownKey = ({ name, birthDate }: StudentRow): string => `${nameKey(name)}|${birthDate}`

type Belongings = { key: string; classKey: string; homeSchoolKey: string | null; intake: IntakeRecord | null }

function toStudent(row: StudentRow, { key, classKey, homeSchoolKey, intake }: Belongings): StudentRecord {
  return {
    key,
    name: row.name,
    birthDate: row.birthDate,
    sex: row.sex,
    classKey,
    programme: row.programme,
    homeSchoolKey,
    homeClass: row.homeClass,
    arrivesOn: row.arrival?.day ?? intake?.startsOn ?? row.birthDate,
    leavesOn: row.departure?.day ?? intake?.endsOn ?? row.birthDate,
    admission: row.admission,
    note: row.note,
    said: { arrival: row.arrival !== null, departure: row.departure !== null },
  }
}

type Twins = { byName: Map<string, string>; byBirth: Map<string, StudentRecord[]> }

function isDouble(key: string, row: StudentRow, { byName, byBirth }: Twins, registry: Registry): boolean {
  const { report, places } = registry
  const cell = (other: string): string => places.get(`student|${other}`)?.cell ?? ''
  const sameDay = byBirth.get(row.birthDate) ?? []
  if (places.has(`student|${key}`)) {
    report(row.at, 'child-duplicated', row.name.full, { cell: cell(key) })
    return true
  }
  // Twins share the day of birth and most of the name, but not all of it but one letter.
  const likely = sameDay.find((other) => lettersApart(other.name.full, row.name.full) === 1)?.key
  const namesake = byName.get(nameKey(row.name)) ?? likely
  if (namesake === undefined) return false
  report(row.at, 'child-probably-duplicated', row.name.full, { cell: cell(namesake) })
  return answerOf(registry, row.at, 'child-probably-duplicated') === 'same'
}

function remember({ byName, byBirth }: Twins, student: StudentRecord): void {
  byName.set(nameKey(student.name), student.key)
  byBirth.set(student.birthDate, [...(byBirth.get(student.birthDate) ?? []), student])
}

function checkDates(row: StudentRow, intake: IntakeRecord | null, { report }: Registry): void {
  if (intake === null) return
  const age = Number(intake.startsOn.slice(0, 4)) - Number(row.birthDate.slice(0, 4))
  if (age < YOUNGEST || age > OLDEST)
    report(row.birthDateAt, 'age-unlikely', row.birthDate, { age: String(age) })
  for (const date of [row.arrival, row.departure]) {
    if (date !== null && (date.day < intake.startsOn || date.day > intake.endsOn)) {
      report(date.at, 'date-outside-intake', date.day, { start: intake.startsOn, end: intake.endsOn })
    }
  }
}

// «School of its own name, region»: the last comma parts the region off.
function learnSchool(schools: Map<string, HomeSchoolRecord>, text: string | null): string | null {
  if (text === null) return null
  const key = fold(text)
  const comma = text.lastIndexOf(',')
  const name = comma < 0 ? text : text.slice(0, comma).trim()
  const region = comma < 0 ? null : text.slice(comma + 1).trim()
  if (!schools.has(key)) schools.set(key, { key, name, region })
  return key
}

function otherContact(known: GuardianRecord, row: GuardianRow): string | undefined {
  if (known.phone && row.phone && known.phone !== row.phone) return row.phone
  return known.email && row.email && known.email !== row.email ? row.email : undefined
}

// Of one child: the same name however spelled, or the same first name with the same telephone or address.
function isSameGuardian(one: KnownCentre['guardians'][number], row: GuardianRow): boolean {
  if (wordsOf(one.name) === wordsOf(row.name)) return true
  const reached =
    (row.phone !== null && row.phone === one.phone) || (row.email !== null && row.email === one.email)
  return reached && letterKey(one.name.given) === letterKey(row.name.given)
}

/**
 * The child of the journal a row means: the same name and day of birth, or as an earlier import had them. A likely one,
 * whose name or day of birth may have been corrected, is asked about and taken only when somebody says so.
 */
function knownChild(row: StudentRow, registry: Registry): KnownChild | null {
  const { students } = registry.known
  const name = letterKey(row.name.full)
  const same = students.find((one) => one.birthDate === row.birthDate && letterKey(one.name.full) === name)
  const exact = same ?? students.find(({ key }) => key === `${nameKey(row.name)}|${row.birthDate}`)
  if (exact !== undefined) return exact
  const words = wordsOf(row.name)
  const renamed = students.find((one) => one.birthDate === row.birthDate && isLikeName(one.name, row.name))
  const likely = renamed ?? students.find((one) => wordsOf(one.name) === words)
  if (likely === undefined) return null
  const hint = renamed === undefined ? { birthDate: likely.birthDate } : { name: likely.name.full }
  registry.report(row.at, 'child-corrected', row.name.full, hint)
  return answerOf(registry, row.at, 'child-corrected') === 'same' ? likely : null
}

type Families = { guardians: Map<string, GuardianRecord>; links: Map<string, GuardianLinkRecord> }

function linkGuardians(families: Families, key: string, rows: GuardianRow[], registry: Registry): void {
  for (const row of rows) linkGuardian(families, key, row, registry)
}

// One person for brothers and sisters: same name and same telephone, or mail when there is no telephone.
function linkGuardian(
  { guardians, links }: Families,
  studentKey: string,
  row: GuardianRow,
  { known: journal, places, report }: Registry,
): void {
  const before = journal.guardians.find((one) => one.childKey === studentKey && isSameGuardian(one, row))
  const guardianKey = before?.key ?? `${nameKey(row.name)}|${row.phone ?? row.email ?? studentKey}`
  const known = guardians.get(guardianKey)
  const cell = places.get(`guardian|${guardianKey}`)?.cell ?? ''
  const other = known === undefined ? undefined : otherContact(known, row)
  if (other !== undefined) report(row.at, 'rows-differ', `${row.name.full}, ${other}`, { cell })
  places.set(`guardian|${guardianKey}`, row.at)
  guardians.set(guardianKey, {
    key: guardianKey,
    name: nameToKeep(row.name, before?.name ?? row.name),
    phone: known?.phone ?? row.phone,
    email: known?.email ?? row.email,
  })
  const key = `${guardianKey}|${studentKey}`
  const { relation, kind, livesApart, priority } = row
  links.set(key, { key, guardianKey, studentKey, relation, kind, livesApart, priority })
}
