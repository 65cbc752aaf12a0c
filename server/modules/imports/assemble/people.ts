import type {
  GuardianLinkRecord,
  GuardianRecord,
  HomeSchoolRecord,
  IntakeRecord,
  StaffRecord,
  StudentRecord,
} from '../intake-data.ts'
import type { StaffRow } from '../readers/staff.ts'
import type { GuardianRow, StudentRow } from '../readers/students.ts'
import { nameKey } from '../values/names.ts'
import { fold } from '../values/text.ts'
import { lettersApart } from './nearest.ts'
import type { Registry } from './registry.ts'
import { addPerson, findClass, learnRoom } from './registry.ts'

const YOUNGEST = 5
const OLDEST = 20

/** The staff; a second person of the same name is refused, as initials could mean either. */
export function assembleStaff(rows: StaffRow[], registry: Registry): StaffRecord[] {
  const staff = new Map<string, StaffRecord>()
  for (const { at, room, homeroom, ...row } of rows) {
    const key = nameKey(row.name)
    if (staff.has(key)) {
      registry.report(at, 'teacher-duplicated', row.name.full, {
        cell: registry.places.get(`staff|${key}`)?.cell ?? '',
      })
      continue
    }
    const homeroomClassKey = homeroom === null ? null : findClass(registry, homeroom)
    const roles = homeroomClassKey === null ? row.roles : [...row.roles, 'homeroom-teacher' as const]
    staff.set(key, { key, ...row, roles, roomKey: learnRoom(registry, room), homeroomClassKey })
    addPerson(registry.staff, { key, name: row.name })
    registry.places.set(`staff|${key}`, at)
  }
  return [...staff.values()]
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
    const key = `${nameKey(row.name)}|${row.birthDate}`
    if (isDouble(key, row, twins, registry) || classKey === null) continue
    checkDates(row, intake, registry)
    const homeSchoolKey = learnSchool(schools, row.homeSchool)
    const student = toStudent(row, { key, classKey, homeSchoolKey, intake })
    students.set(key, student)
    remember(twins, student)
    addPerson(registry.children, { key, name: row.name, classKey })
    registry.places.set(`student|${key}`, row.at)
    for (const guardian of row.guardians) linkGuardian(families, key, guardian)
  }
  return {
    students: [...students.values()],
    homeSchools: [...schools.values()],
    guardians: [...families.guardians.values()],
    guardianLinks: [...families.links.values()],
  }
}

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
  }
}

type Twins = { byName: Map<string, string>; byBirth: Map<string, StudentRecord[]> }

function isDouble(
  key: string,
  row: StudentRow,
  { byName, byBirth }: Twins,
  { report, places }: Registry,
): boolean {
  const cell = (other: string): string => places.get(`student|${other}`)?.cell ?? ''
  const sameDay = byBirth.get(row.birthDate) ?? []
  if (sameDay.some((other) => other.key === key)) {
    report(row.at, 'child-duplicated', row.name.full, { cell: cell(key) })
    return true
  }
  // Twins share the day of birth and most of the name, but not all of it but one letter.
  const likely = sameDay.find((other) => lettersApart(other.name.full, row.name.full) === 1)?.key
  const namesake = byName.get(nameKey(row.name)) ?? likely
  if (namesake !== undefined) {
    report(row.at, 'child-probably-duplicated', row.name.full, { cell: cell(namesake) })
  }
  return false
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

type Families = { guardians: Map<string, GuardianRecord>; links: Map<string, GuardianLinkRecord> }

// One person for brothers and sisters: same name and same telephone, or mail when there is no telephone.
function linkGuardian({ guardians, links }: Families, studentKey: string, row: GuardianRow): void {
  const guardianKey = `${nameKey(row.name)}|${row.phone ?? row.email ?? studentKey}`
  const known = guardians.get(guardianKey)
  guardians.set(guardianKey, {
    key: guardianKey,
    name: row.name,
    phone: known?.phone ?? row.phone,
    email: known?.email ?? row.email,
  })
  const key = `${guardianKey}|${studentKey}`
  const { relation, kind, livesApart, priority } = row
  links.set(key, { key, guardianKey, studentKey, relation, kind, livesApart, priority })
}
