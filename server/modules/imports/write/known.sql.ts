import type { Day } from '#domain/calendar/day.ts'
import type { Database } from '#platform/db.ts'
import type { CalendarEventRecord, IntakeRecord } from '../intake-data.ts'
import { type KnownCentre, noTeaching } from '../known-centre.ts'
import { classLabel, gradeRange } from '../values/class-labels.ts'
import { nameKey, type PersonName } from '../values/names.ts'
import { subjectKey } from '../values/subjects.ts'
import { GRADES_OF_EVENT } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'
import { keyOf } from './key-of.sql.ts'
import { type KeysById, readTeaching } from './known-teaching.sql.ts'

type Person = { id: string; key: string | null; family: string; given: string; patronymic: string | null }
type Intake = { id: string; number: number; school_year: string; starts_on: Day; ends_on: Day }
type Child = Person & {
  birth_on: Day
  stays: boolean
  class_id: string | null
  from: Day | null
  to: Day | null
}
type Member = Person & { phone: string | null; email: string | null; position: string; roles: string[] }
type Guardian = Person & { child: string; phone: string | null; email: string | null }
type DayOff = {
  id: string
  key: string | null
  name: string
  kind: 'holiday' | 'vacation'
  starts_on: Day
  ends_on: Day
}
type Explained = { kind: KnownCentre['explained'][number]['kind']; said: string; meant: string }
type Named = { id: string; key: string | null; name: string }

const NAME = 'p.last_name as family, p.first_name as given, p.middle_name as patronymic'

const INTAKES = `select id, number, school_year, starts_on::text, ends_on::text from intake where organization_id = $1
  order by (school_year = $2 and number = $3) desc, ($4::date between starts_on and ends_on) desc, starts_on desc limit 1`
const DAYS_OFF = `select e.id, ${keyOf('calendar-event', 'e.id')}, name, kind, starts_on::text, ends_on::text from calendar_event e
  where organization_id = $1 and kind in ('holiday', 'vacation')`
const CLASSES = `select g.id, ${keyOf('class', 'g.id')}, g.name from study_group g
  where g.organization_id = $1 and g.intake_id = $2 and g.kind = 'class'`
const SUBJECTS = `select s.id, ${keyOf('subject', 's.id')}, s.name from subject s where s.organization_id = $1`
const STAFF = `select p.id, ${keyOf('staff', 'p.id')}, ${NAME}, p.phone, p.email, m.position,
    array(select r.role from role_assignment r where r.organization_id = $1 and r.person_id = p.id
      and coalesce(r.ends_on, 'infinity') >= $2::date) as roles
  from staff_member m
  join person p on p.organization_id = m.organization_id and p.id = m.id where m.organization_id = $1`
const CHILDREN = `select p.id, ${keyOf('student-person', 'p.id')}, ${NAME}, p.birth_on::text, c.group_id as class_id,
    s.id is not null or not exists (select from stay o where o.organization_id = $1 and o.student_id = t.id) as stays, s.starts_on::text as from, s.ends_on::text as to
  from student t join person p on p.organization_id = t.organization_id and p.id = t.id
  left join stay s on s.organization_id = t.organization_id and s.student_id = t.id and s.intake_id = $2
  left join lateral (select m.group_id from group_member m join study_group g
      on g.organization_id = m.organization_id and g.id = m.group_id and g.intake_id = $2
    where m.organization_id = t.organization_id and m.student_id = t.id and m.group_kind = 'class'
    order by m.starts_on desc limit 1) c on true
  where t.organization_id = $1 and p.birth_on is not null`
const GUARDIANS = `select p.id, ${keyOf('guardian', 'p.id')}, ${NAME}, l.student_id as child, p.phone, p.email
  from guardian_link l join person p on p.organization_id = l.organization_id and p.id = l.guardian_id
  where l.organization_id = $1`

const EXPLAINED = `select kind, said, coalesce(class_key, subject_id::text, person_id::text) as meant
  from import_name where organization_id = $1`

export type Asked = { organizationId: string; intake: IntakeRecord | null; today: Day }

/** What the journal has of the intake that is spoken of, or of the one that is going on. */
export async function readKnown({ owner }: Database, asked: Asked): Promise<KnownCentre> {
  const { organizationId, intake, today } = asked
  const list = async <Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> =>
    (await owner.query<Row>(text, [organizationId, ...values])).rows
  const [found] = await list<Intake>(INTAKES, intake?.schoolYear ?? null, intake?.number ?? null, today)
  const isSame =
    intake === null || (found?.school_year === intake.schoolYear && found.number === intake.number)
  const kept = found !== undefined && isSame ? recordOf(found) : null
  const intakeId = kept === null ? null : (found?.id ?? null)
  const ids = new Map<string, string>()
  const keyed = <Row extends { id: string; key: string | null }>(
    kind: string,
    row: Row,
    own: string,
  ): string => {
    const key = row.key ?? own
    ids.set(`${kind}|${key}`, row.id)
    return key
  }
  const classes = (await list<Named>(CLASSES, intakeId)).flatMap((row) => {
    const label = classLabel(row.name)
    return label === null ? [] : [{ ...label, key: keyed('class', row, label.key), id: row.id }]
  })
  const classKeys = new Map(classes.map(({ id, key }) => [id, key]))
  const subjects = (await list<Named>(SUBJECTS)).map((row) => ({
    key: keyed('subject', row, subjectKey(row.name)),
    id: row.id,
    name: row.name,
  }))
  const staff = (await list<Member>(STAFF, today)).map((row) => {
    const name = nameOf(row)
    const { id, phone, email, position, roles } = row
    return { key: keyed('staff', row, nameKey(name)), id, name, phone, email, position, roles }
  })
  const children = (await list<Child>(CHILDREN, intakeId)).map((row) => {
    const name = nameOf(row)
    const key = keyed('student-person', row, `${nameKey(name)}|${row.birth_on}`)
    return {
      key,
      id: row.id,
      name,
      birthDate: row.birth_on,
      classKey: classKeys.get(row.class_id ?? '') ?? '',
      stays: row.stays,
      arrivesOn: row.from ?? (kept ?? intake)?.startsOn ?? row.birth_on,
      leavesOn: row.to ?? (kept ?? intake)?.endsOn ?? row.birth_on,
    }
  })
  const childKeys = new Map(children.map(({ id, key }) => [id, key]))
  const guardians = (await list<Guardian>(GUARDIANS)).flatMap((row) => guardianOf(row, childKeys, keyed))
  const calendar = (await list<DayOff>(DAYS_OFF)).map((row) => eventOf(row, keyed))
  const keys = {
    classes: new Map(classes.map(({ id, key, label }) => [id, { key, label }])),
    subjects: new Map(subjects.map(({ id, key }) => [id, key])),
    staff: new Map(staff.map(({ id, key }) => [id, key])),
  }
  return {
    intake: kept,
    isOver: intake === null && kept !== null && kept.endsOn < today,
    calendar,
    classes,
    subjects,
    staff,
    students: children,
    guardians,
    explained: (await list<Explained>(EXPLAINED)).flatMap((row) => explainedOf(row, keys)),
    ...(intakeId === null ? noTeaching() : await readTeaching(list, keyed, { intakeId, keys })),
    ids,
  }
}

function explainedOf({ kind, said, meant }: Explained, keys: KeysById): KnownCentre['explained'] {
  const key = kind === 'class' ? meant : (kind === 'staff' ? keys.staff : keys.subjects).get(meant)
  return key === undefined ? [] : [{ kind, said, key }]
}

type KeyedAs<Row> = (kind: string, row: Row, own: string) => string

function guardianOf(
  row: Guardian,
  childKeys: ReadonlyMap<string, string>,
  keyed: KeyedAs<Guardian>,
): KnownCentre['guardians'] {
  const childKey = childKeys.get(row.child)
  if (childKey === undefined) return []
  const name = nameOf(row)
  const key = keyed('guardian', row, `${nameKey(name)}|${row.phone ?? row.email ?? childKey}`)
  return [{ key, childKey, name, phone: row.phone, email: row.email }]
}

// For whom it is stands in its name alone.
function eventOf(row: DayOff, keyed: KeyedAs<DayOff>): CalendarEventRecord {
  const { name, kind, starts_on, ends_on } = row
  return {
    key: keyed('calendar-event', row, `${fold(name)}|${starts_on}`),
    kind: kind === 'vacation' ? 'vacation' : 'day-off',
    name,
    startsOn: starts_on,
    endsOn: ends_on,
    grades: gradeRange(GRADES_OF_EVENT.exec(fold(name))?.[1] ?? ''),
    note: null,
  }
}

function nameOf({ family, given, patronymic }: Person): PersonName {
  return { full: [family, given, patronymic].filter(Boolean).join(' '), family, given, patronymic }
}

function recordOf({ number, school_year, starts_on, ends_on }: Intake): IntakeRecord {
  const key = `${school_year}|${number}`
  return { key, number, schoolYear: school_year, startsOn: starts_on, endsOn: ends_on }
}
