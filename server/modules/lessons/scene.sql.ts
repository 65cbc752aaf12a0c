import type { Day } from '#domain/calendar/day.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

/** What every rule about writing to a lesson must know, read after its lock is held. */
export type Scene = {
  journal_id: string
  held_on: Day
  gradeless: boolean
  window_days: number | null
  opened: boolean
  late_reason: string | null
  correction_reason: string | null
  teacher_id: string
  teacher: string
  substitute_id: string | null
  substitute: string | null
  /** The name of whoever writes. */
  me: string
}

// The writer is the teacher by assignment or the substitute of this lesson; for others it does not exist.
const sceneSql = (columns: string, joins: string): string => `
select l.journal_id, l.held_on, j.gradeless or j.kind <> 'lessons' as gradeless, entry_days(o, j.id, l.held_on) as window_days,
  exists (select from entry_window ew where ew.organization_id = $1 and not ew.closed
    and (ew.journal_id = j.id or ew.teacher_id = $3) and l.held_on between ew.starts_on and ew.ends_on
    and ew.open_until >= $6) as opened,
  (select reason from late_entry le where le.organization_id = $1 and le.lesson_id = l.id
    and le.kind = 'late') as late_reason,
  (select reason from late_entry le where le.organization_id = $1 and le.lesson_id = l.id
    and le.kind = 'correction') as correction_reason,
  j.teacher_id, ${shownName('tp')} as teacher, sub.substitute_id,
  case when sp.id is not null then ${shownName('sp')} end as substitute,
  ${shownName('me')} as me, ${columns}
from lesson l
join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
join organization o on o.id = $1
join person tp on tp.organization_id = $1 and tp.id = j.teacher_id
join person me on me.organization_id = $1 and me.id = $3
left join substitution sub on sub.organization_id = $1 and sub.lesson_id = l.id
left join person sp on sp.organization_id = $1 and sp.id = sub.substitute_id
${joins}
where l.organization_id = $1 and l.id = $2
  and (($4 and j.teacher_id = $3) or ($5 and sub.substitute_id = $3))`

async function readOne<Row>(
  { tx, actor, reach, today }: Call,
  text: string,
  lessonId: string,
  more: unknown[] = [],
): Promise<Row | undefined> {
  const values = [
    actor.organizationId,
    lessonId,
    actor.personId,
    reach.has('own-journal'),
    reach.has('substituted-lesson'),
    today,
  ]
  return (await rows<Row>(tx, text, [...values, ...more]))[0]
}

export type RecordScene = Scene & {
  topic: string | null
  plan_item_id: string | null
  comment: string | null
  version: number
  entered_on: Day | null
  entered_at: Date | null
  corrected_at: Date | null
  late: boolean
  /** The plan's line that is asked for belongs to the journal's plan. */
  in_plan: boolean
}

const RECORD_SCENE = sceneSql(
  `r.topic, r.plan_item_id, r.comment, coalesce(r.version, 0) as version, r.entered_on, r.entered_at, r.corrected_at,
  coalesce(r.late, false) as late, $7::uuid is null or exists (select from lesson_plan_item i
    where i.organization_id = $1 and i.id = $7 and i.plan_id = j.lesson_plan_id) as in_plan`,
  'left join lesson_record r on r.organization_id = $1 and r.lesson_id = l.id',
)

export const readRecordScene = (call: Call, lessonId: string, planItemId: string | null) =>
  readOne<RecordScene>(call, RECORD_SCENE, lessonId, [planItemId])

export type HomeworkScene = Scene & {
  text: string | null
  minutes: number | null
  version: number
  entered_on: Day | null
  late: boolean
}

const HOMEWORK_SCENE = sceneSql(
  'h.text, h.minutes, coalesce(h.version, 0) as version, coalesce(h.late, false) as late, h.entered_on',
  'left join homework h on h.organization_id = $1 and h.lesson_id = l.id',
)

export const readHomeworkScene = (call: Call, lessonId: string) =>
  readOne<HomeworkScene>(call, HOMEWORK_SCENE, lessonId)

export type RollLineScene = {
  studentId: string
  from: Day | null
  to: Day | null
  code: string | null
  version: number
  enteredOn: Day | null
}
export type RollScene = Scene & { codes: string[]; children: RollLineScene[] }

// A child that never was in the group is not there at all; one who has left is, with no span on that day.
const ROLL_SCENE = sceneSql(
  `array(select code from attendance_code where organization_id = $1) as codes,
  (select coalesce(json_agg(json_build_object('studentId', s.id, 'from', m.starts_on, 'to', m.ends_on,
    'code', a.code, 'version', coalesce(a.version, 0), 'enteredOn', a.entered_on) order by s.n), '[]'::json)
    from unnest($7::uuid[]) with ordinality as s(id, n)
    left join group_member m on m.organization_id = $1 and m.group_id = j.group_id and m.student_id = s.id
      and m.starts_on <= l.held_on and coalesce(m.ends_on, 'infinity') >= l.held_on
    left join attendance a on a.organization_id = $1 and a.lesson_id = l.id and a.student_id = s.id
    where m.id is not null or exists (select from group_member past where past.organization_id = $1
      and past.group_id = j.group_id and past.student_id = s.id)) as children`,
  '',
)

export const readRollScene = (call: Call, lessonId: string, studentIds: string[]) =>
  readOne<RollScene>(call, ROLL_SCENE, lessonId, [studentIds])

export type WorkScene = Scene & {
  /** The work stands in another lesson. */
  elsewhere: boolean
  work: {
    typeId: string
    title: string
    weight: number
    removed: boolean
    version: number
    marks: number
  } | null
  type: { short: string; name: string; archived: boolean } | null
  position: number
}

const WORK_SCENE = sceneSql(
  `exists (select from lesson_work w where w.organization_id = $1 and w.id = $7 and w.lesson_id <> l.id) as elsewhere,
  (select json_build_object('typeId', w.work_type_id, 'title', w.title, 'weight', w.weight::float,
    'removed', w.removed, 'version', w.version, 'marks', (select count(*) from mark m
      where m.organization_id = $1 and m.work_id = w.id and m.value is not null))
    from lesson_work w where w.organization_id = $1 and w.id = $7 and w.lesson_id = l.id) as work,
  (select json_build_object('short', t.short, 'name', t.name, 'archived', t.archived)
    from work_type t where t.organization_id = $1 and t.id = $8) as type,
  (select coalesce(max(position), 0) + 1 from lesson_work w
    where w.organization_id = $1 and w.lesson_id = l.id) as position`,
  '',
)

export const readWorkScene = (call: Call, lessonId: string, workId: string, typeId: string) =>
  readOne<WorkScene>(call, WORK_SCENE, lessonId, [workId, typeId])
