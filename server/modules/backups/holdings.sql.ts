import type pg from 'pg'
import type { Holdings } from '#contract/backups.ts'

// As people see them: a lesson counts once its topic is written, a mark while it stands on a work that was not removed.
const HOLDINGS = `
select (select count(*) from student)::int as students,
  (select count(*) from lesson_record where topic is not null)::int as lessons,
  (select count(*) from mark m join lesson_work w on w.organization_id = m.organization_id and w.id = m.work_id
    where m.value is not null and not w.removed)::int as marks,
  (select max(l.held_on)::text from lesson_record r
    join lesson l on l.organization_id = r.organization_id and l.id = r.lesson_id
    where r.topic is not null) as "lastLessonOn"`

/** What a migrated database holds, whichever organisation it is of; `client` is one that passes row security by. */
export async function readHoldings(client: pg.ClientBase | pg.Pool): Promise<Holdings> {
  const { rows } = await client.query<Holdings>(HOLDINGS)
  const [holdings] = rows
  if (!holdings) throw new Error('a count without an answer')
  return holdings
}
