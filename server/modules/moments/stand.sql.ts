import type { LessonStand } from '#domain/backups/then-and-now.ts'
import type { MomentRead } from '#platform/backup/moments.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

// One text for then and now, so that both are asked the same. Whoever runs it has made sure of the lessons.
const STANDS = `
select l.id as "lessonId",
  (select json_build_object('topic', r.topic, 'comment', r.comment, 'planItemId', r.plan_item_id,
      'version', r.version)
    from lesson_record r where r.organization_id = $1 and r.lesson_id = l.id) as record,
  (select json_build_object('text', h.text, 'minutes', h.minutes, 'version', h.version)
    from homework h where h.organization_id = $1 and h.lesson_id = l.id) as homework,
  (select coalesce(json_agg(json_build_object('studentId', a.student_id, 'code', a.code, 'version', a.version)),
      '[]'::json)
    from attendance a where a.organization_id = $1 and a.lesson_id = l.id) as attendance,
  (select coalesce(json_agg(json_build_object('studentId', m.student_id, 'workId', m.work_id, 'value', m.value,
      'comment', m.comment, 'version', m.version)), '[]'::json)
    from mark m where m.organization_id = $1 and m.lesson_id = l.id) as marks,
  (select coalesce(json_agg(json_build_object('id', w.id, 'typeId', t.id, 'name', t.name, 'title', w.title,
      'weight', w.weight::float, 'removed', w.removed, 'version', w.version) order by w.position, w.id), '[]'::json)
    from lesson_work w join work_type t on t.organization_id = $1 and t.id = w.work_type_id
    where w.organization_id = $1 and w.lesson_id = l.id) as works
from lesson l where l.organization_id = $1 and l.id = any ($2::uuid[])`

/** What stands for these lessons, as it is asked of an open moment. */
export const standsThen = ({ actor }: Call, lessonIds: readonly string[]): MomentRead => ({
  text: STANDS,
  values: [actor.organizationId, lessonIds],
})

/** Asked of a moment as it is opened: fails where its tables are not those of today. */
export const MOMENT_PROBE: MomentRead = {
  text: STANDS,
  values: ['00000000-0000-0000-0000-000000000000', []],
}

/** The same of the journal as it stands now. */
export function standsNow({ tx, actor }: Call, lessonIds: readonly string[]): Promise<LessonStand[]> {
  return rows<LessonStand>(tx, STANDS, [actor.organizationId, lessonIds])
}
