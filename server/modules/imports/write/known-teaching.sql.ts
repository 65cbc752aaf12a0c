import { subgroupKey } from '../assemble/load.ts'
import type { CurriculumPart } from '../intake-data.ts'
import type { KnownTeaching } from '../known-centre.ts'
import { fold } from '../values/text.ts'
import { keyOf } from './key-of.sql.ts'

type Named = { id: string; key: string | null; name: string }
type Subgroup = Named & { division: string; parent_id: string }
type Club = Named & { activity: string | null }
type Bell = { grade_from: number; grade_to: number; period: number; starts_at: string; ends_at: string }
type Line = {
  id: string
  key: string | null
  group_id: string
  subject_id: string
  part: CurriculumPart
  hours: number
}
type SlotRow = {
  key: string | null
  journal_key: string | null
  weekday: number
  period: number | null
  starts_at: string
  ends_at: string
  room: string | null
  grade_from: number | null
  grade_to: number | null
  of_class: boolean
}
type Journal = Line & { teacher_id: string; group_kind: string; parent_id: string | null }

const GROUPS = (kind: string, key: string): string =>
  `select g.id, ${keyOf(key, 'g.id')}, g.name, g.division, g.parent_id, (select min(s.name) from teaching_assignment j
      join subject s on s.organization_id = j.organization_id and s.id = j.subject_id
      where j.organization_id = $1 and j.group_id = g.id) as activity
  from study_group g where g.organization_id = $1 and g.intake_id = $2 and g.kind = '${kind}'`
const BELLS = `select grade_from, grade_to, period, to_char(starts_at, 'HH24:MI') as starts_at,
    to_char(ends_at, 'HH24:MI') as ends_at
  from bell where organization_id = $1 and intake_id = $2 order by grade_from, period`
const CURRICULUM = `select c.id, ${keyOf('curriculum-line', 'c.id')}, c.group_id, c.subject_id, c.part,
    c.weekly_hours::float8 as hours
  from curriculum_line c join study_group g on g.organization_id = c.organization_id and g.id = c.group_id
  where c.organization_id = $1 and g.intake_id = $2`
const JOURNALS = `select j.id, ${keyOf('journal', 'j.id')}, j.group_id, j.subject_id, j.part,
    j.weekly_hours::float8 as hours, j.teacher_id, g.kind as group_kind, g.parent_id
  from teaching_assignment j join study_group g on g.organization_id = j.organization_id and g.id = j.group_id
  where j.organization_id = $1 and j.intake_id = $2 and j.kind <> 'activity'`
const PLANS = `select p.id, ${keyOf('lesson-plan', 'p.id')} from lesson_plan p
  where p.organization_id = $1 and p.intake_id = $2`

const SLOTS = `select t.id, ${keyOf('timetable-slot', 't.id')}, ${keyOf('journal', 't.journal_id', 'journal_key')},
    t.weekday, t.period, to_char(t.starts_at, 'HH24:MI') as starts_at, to_char(t.ends_at, 'HH24:MI') as ends_at, t.room,
    coalesce(g.grade_from, c.grade_from) as grade_from, coalesce(g.grade_to, c.grade_to) as grade_to,
    g.kind in ('class', 'subgroup') as of_class
  from timetable_slot t
  join teaching_assignment j on j.organization_id = t.organization_id and j.id = t.journal_id
  join study_group g on g.organization_id = t.organization_id and g.id = j.group_id
  left join study_group c on c.organization_id = g.organization_id and c.id = g.parent_id
  where t.organization_id = $1 and j.intake_id = $2`

/** Whose keys the teaching refers to, by id. */
export type KeysById = {
  classes: ReadonlyMap<string, { key: string; label: string }>
  subjects: ReadonlyMap<string, string>
  staff: ReadonlyMap<string, string>
}

type List = <Row extends object>(text: string, ...values: unknown[]) => Promise<Row[]>
type Keyed = <Row extends { id: string; key: string | null }>(kind: string, row: Row, own: string) => string

/** Groups, load, bells and plans of an intake, under the keys imports know them by. */
export async function readTeaching(
  list: List,
  keyed: Keyed,
  { intakeId, keys }: { intakeId: string; keys: KeysById },
): Promise<KnownTeaching> {
  const subgroups = (await list<Subgroup>(GROUPS('subgroup', 'subgroup'), intakeId)).flatMap((row) => {
    const of = keys.classes.get(row.parent_id)
    if (of === undefined) return []
    const name = row.name.startsWith(`${of.label}, `) ? row.name.slice(of.label.length + 2) : row.name
    const own = subgroupKey(of.key, row.division, name)
    return [{ key: keyed('subgroup', row, own), id: row.id, classKey: of.key, division: row.division, name }]
  })
  const correctiveGroups = (await list<Named>(GROUPS('corrective', 'corrective-group'), intakeId)).map(
    (row) => ({
      key: keyed('corrective-group', row, fold(row.name)),
      id: row.id,
      name: row.name,
    }),
  )
  const activityGroups = (await list<Club>(GROUPS('activity', 'activity-group'), intakeId)).map((row) => {
    const activity = row.activity ?? row.name
    const name = row.name.startsWith(`${activity}, `) ? row.name.slice(activity.length + 2) : ''
    return { key: keyed('activity-group', row, `${fold(activity)}|${fold(name)}`), activity, name }
  })
  const bells = (await list<Bell>(BELLS, intakeId)).map((row) => ({
    key: `${row.grade_from}-${row.grade_to}|${row.period}`,
    grades: Array.from({ length: row.grade_to - row.grade_from + 1 }, (_, n) => row.grade_from + n),
    period: row.period,
    extracurricular: false,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  }))
  const curriculum = (await list<Line>(CURRICULUM, intakeId)).flatMap((row) => {
    const classKey = keys.classes.get(row.group_id)?.key
    const subjectKey = keys.subjects.get(row.subject_id)
    if (classKey === undefined || subjectKey === undefined) return []
    const key = keyed('curriculum-line', row, `${classKey}|${subjectKey}`)
    return [{ key, classKey, subjectKey, part: row.part, hours: row.hours }]
  })
  const groupKeys: GroupKeys = {
    subgroup: new Map(subgroups.map(({ id, key }) => [id, key])),
    corrective: new Map(correctiveGroups.map(({ id, key }) => [id, key])),
  }
  const assignments = (await list<Journal>(JOURNALS, intakeId)).flatMap((row) =>
    assignmentOf(row, { keys, groupKeys, keyed }),
  )
  const lessonPlans = (await list<{ id: string; key: string | null }>(PLANS, intakeId)).flatMap((row) =>
    row.key === null ? [] : [{ key: keyed('lesson-plan', row, row.key) }],
  )
  const slots = (await list<SlotRow>(SLOTS, intakeId)).flatMap(slotOf)
  return { subgroups, correctiveGroups, activityGroups, bells, curriculum, assignments, lessonPlans, slots }
}

// Times somebody made by hand have no key and are left to them.
function slotOf(row: SlotRow): KnownTeaching['slots'] {
  const { key, journal_key, weekday, period, starts_at, ends_at, room, of_class } = row
  if (key === null || journal_key === null) return []
  const grades = of_class ? gradesOf(row.grade_from, row.grade_to) : []
  return [
    { key, journalKey: journal_key, weekday, period, startsAt: starts_at, endsAt: ends_at, room, grades },
  ]
}

const gradesOf = (from: number | null, to: number | null): number[] =>
  from === null ? [] : Array.from({ length: (to ?? from) - from + 1 }, (_, n) => from + n)

type GroupKeys = { subgroup: ReadonlyMap<string, string>; corrective: ReadonlyMap<string, string> }
type Known = { keys: KeysById; groupKeys: GroupKeys; keyed: Keyed }

function assignmentOf(row: Journal, { keys, groupKeys, keyed }: Known): KnownTeaching['assignments'] {
  const classKey = keys.classes.get(row.parent_id ?? row.group_id)?.key ?? null
  const subjectKey = keys.subjects.get(row.subject_id)
  const teacherKey = keys.staff.get(row.teacher_id)
  const subgroupKey = groupKeys.subgroup.get(row.group_id) ?? null
  const correctiveGroupKey = groupKeys.corrective.get(row.group_id) ?? null
  const groupKey = subgroupKey ?? correctiveGroupKey ?? classKey
  if (subjectKey === undefined || teacherKey === undefined || groupKey === null) return []
  const { part, hours } = row
  const key = keyed('journal', row, [teacherKey, subjectKey, groupKey].join('|'))
  return [{ key, teacherKey, subjectKey, classKey, subgroupKey, correctiveGroupKey, hours, part }]
}
