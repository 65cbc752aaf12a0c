import { taughtRoles } from '../intake-data.ts'
import type { PersonName } from '../values/names.ts'
import { KINSHIP_WORDS } from './names.words.ts'
import { byKey, type Keyed, type RecordKind, type Row, type Source } from './records.ts'

const nameRow = ({ family, given, patronymic }: PersonName): Row => ({
  last_name: family,
  first_name: given,
  middle_name: patronymic,
})

function staffRows({ data }: Source): Keyed[] {
  return data.staff.map(({ key, name, email, phone }) => ({ key, row: { ...nameRow(name), email, phone } }))
}

function memberRows({ data, idOf }: Source): Keyed[] {
  const rooms = byKey(data.rooms)
  return data.staff.map(({ key, positions, subjects, roomKey, methodDay }) => ({
    key,
    row: {
      id: idOf('staff', key),
      position: positions.join(', '),
      subjects,
      room: rooms.get(roomKey ?? '')?.name ?? null,
      method_day: methodDay,
    },
  }))
}

function childRows({ data }: Source): Keyed[] {
  return data.students.map(({ key, name, sex, birthDate }) => ({
    key,
    row: { ...nameRow(name), sex, birth_on: birthDate },
  }))
}

function studentRows({ data, idOf }: Source): Keyed[] {
  return data.students.map(({ key, programme, homeSchoolKey, homeClass, note }) => ({
    key,
    row: {
      id: idOf('student-person', key),
      program: programme?.text ?? null,
      adapted: programme?.adapted ?? null,
      home_school_id: homeSchoolKey === null ? null : idOf('home-school', homeSchoolKey),
      home_class: homeClass,
      note,
    },
  }))
}

const STAY_KINDS = { enrolled: 'permanent', temporary: 'temporary' }

function stayRows({ data, idOf, intakeId }: Source): Keyed[] {
  return data.students.map(({ key, admission, arrivesOn, leavesOn, said }) => ({
    key: `${data.intake?.key}|${key}`,
    otherwise: { kind: 'temporary', starts_on: arrivesOn, ends_on: leavesOn },
    row: {
      student_id: idOf('student-person', key),
      intake_id: intakeId,
      kind: admission === null ? null : STAY_KINDS[admission],
      starts_on: said.arrival ? arrivesOn : null,
      ends_on: said.departure ? leavesOn : null,
    },
  }))
}

function guardianRows({ data }: Source): Keyed[] {
  return data.guardians.map(({ key, name, email, phone }) => ({
    key,
    row: { ...nameRow(name), email, phone },
  }))
}

function linkRows({ data, idOf, today }: Source): Keyed[] {
  return data.guardianLinks.map(({ key, guardianKey, studentKey, relation, kind }) => ({
    key,
    otherwise: { kinship: KINSHIP_WORDS[kind] },
    row: {
      guardian_id: idOf('guardian', guardianKey),
      student_id: idOf('student-person', studentKey),
      kinship: relation,
      starts_on: roleStart(data, today),
    },
  }))
}

// Lists are made before the school year or in the middle of it: nobody waits for the first of September to sign in.
function roleStart({ calendar, intake }: Source['data'], today: string): string {
  const year = calendar.find(({ kind }) => kind === 'year-start')?.startsOn
  return [today, year ?? today, intake?.startsOn ?? today].sort()[0] ?? today
}

function roleRows({ data, idOf, today, known }: Source): Keyed[] {
  const starts_on = roleStart(data, today)
  const listed = new Set(data.staff.map(({ key }) => key))
  const row = (key: string, person_id: string, role: string): Keyed => ({
    key: `${key}|${role}`,
    row: { person_id, role, starts_on },
  })
  return [
    ...data.staff.flatMap(({ key, roles }) =>
      roles.map((role) => row(`staff|${key}`, idOf('staff', key), role)),
    ),
    ...known.staff
      .filter(({ key }) => !listed.has(key))
      .flatMap((person) =>
        taughtRoles(person, data).map((role) => row(`staff|${person.key}`, idOf('staff', person.key), role)),
      ),
    ...data.students.map(({ key }) => row(`student|${key}`, idOf('student-person', key), 'student')),
    ...data.guardians.map(({ key }) => row(`guardian|${key}`, idOf('guardian', key), 'guardian')),
  ]
}

const FULL_NAME = ['last_name', 'first_name', 'middle_name']

export const peopleKinds: RecordKind[] = [
  { kind: 'staff', table: 'person', rows: staffRows, sameBy: FULL_NAME },
  { kind: 'staff-member', table: 'staff_member', rows: memberRows, sameBy: ['id'] },
  { kind: 'student-person', table: 'person', rows: childRows, sameBy: [...FULL_NAME, 'birth_on'] },
  {
    kind: 'student',
    table: 'student',
    rows: studentRows,
    sameBy: ['id'],
    otherwise: { program: '', adapted: false },
  },
  { kind: 'stay', table: 'stay', rows: stayRows, sameBy: ['student_id', 'intake_id'] },
  { kind: 'guardian', table: 'person', rows: guardianRows, sameBy: [...FULL_NAME, 'phone'] },
  {
    kind: 'guardian-link',
    table: 'guardian_link',
    rows: linkRows,
    sameBy: ['guardian_id', 'student_id'],
    once: ['starts_on'],
  },
  {
    kind: 'role',
    table: 'role_assignment',
    rows: roleRows,
    sameBy: ['person_id', 'role'],
    once: ['starts_on'],
  },
]
