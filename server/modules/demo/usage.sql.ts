import type { Day } from '#domain/calendar/day.ts'
import { rows, type Tx } from '#platform/db.ts'

// Everything is drawn from ids and days, so that the same demo always has the same events. Written in order of time.
const EVENTS = `
with zone as (select time_zone as name from organization where id = $1),
days as (select d::date as day from generate_series($2::date - 13, $2::date, '1 day') d where extract(isodow from d) < 7),
holder as (
  select a.person_id, a.id, bool_or(r.role in ('student', 'guardian')) as family,
    min(r.role) filter (where r.role in ('director', 'deputy', 'journal-officer', 'system-admin')) as office,
    abs(hashtext(a.id::text)) as lot
  from account a join role_assignment r on r.organization_id = $1 and r.person_id = a.person_id
  where a.organization_id = $1 group by 1, 2),
came as (
  select h.*, d.day, (d.day + make_time(case when family then 18 else 7 end, (lot + extract(doy from d.day)::int * 7) % 60, 0))
      at time zone zone.name as at
  from holder h cross join days d cross join zone
  where case when family then (lot + extract(doy from d.day)::int) % 9 = 0 else extract(isodow from d.day) < 6 end),
class as (
  select m.group_id, array_agg(m.student_id) as children from group_member m where m.organization_id = $1 group by 1),
office as (
  select (select person_id from holder where office = 'deputy' order by lot limit 1) as deputy,
    (select person_id from holder where office = 'director' order by lot limit 1) as director),
event as (
  select at, 'sign-in' as kind, person_id, '' as resource, null::uuid as subject_id, '{}'::uuid[] as children, true as own,
    case when family then '95.24.' || lot % 250 || '.0' else '10.20.4.0' end as address from came
  union all
  select at - interval '40 seconds', 'sign-in-failed', person_id, '', null, '{}', true,
    case when family then '95.24.' || lot % 250 || '.0' else '10.20.4.0' end from came
  where (lot + extract(doy from day)::int) % 23 = 0
  union all
  select (day + time '22:47') at time zone zone.name, 'unknown-login', null, '', null, '{}', true, '185.71.12.0'
  from days cross join zone where extract(isodow from day) = 3
  union all
  select (l.held_on + l.ends_at) at time zone zone.name, 'read', j.teacher_id, 'journal', j.id, c.children, true, ''
  from lesson l join teaching_assignment j on j.organization_id = $1 and j.id = l.journal_id
  join class c on c.group_id = j.group_id join days d on d.day = l.held_on cross join zone
  where l.organization_id = $1 and l.ends_at is not null
  union all
  select c.at + interval '2 minutes', 'read', c.person_id, 'diary', g.student_id, array[g.student_id], true, ''
  from came c join guardian_link g on g.organization_id = $1 and g.guardian_id = c.person_id
  union all
  select (d.day + make_time(10, n * 7, 0)) at time zone zone.name, case when n = 3 then 'printed' else 'read' end, o.deputy,
    'journal', j.id, c.children, false, ''
  from days d cross join office o cross join zone cross join generate_series(0, 3) n
  cross join lateral (select id, group_id from teaching_assignment where organization_id = $1
    order by hashtext(id::text || d.day || n) limit 1) j
  join class c on c.group_id = j.group_id where extract(isodow from d.day) = 5
  union all
  select (d.day + time '16:20') at time zone zone.name, 'exported', o.director, 'audit', null, '{}', true, ''
  from days d cross join office o cross join zone where extract(isodow from d.day) = 1)
insert into usage_event (organization_id, at, kind, person_id, resource, subject_id, children, own, address)
select $1, at, kind, person_id, resource, subject_id, children, own, address from event
where at <= $3 and (person_id is not null or kind = 'unknown-login') order by at, kind`

/** Who came and who read in the last two weeks of the demo, as its people would leave it behind them. */
export async function insertDemoUsage(
  tx: Tx,
  organizationId: string,
  { today, now }: { today: Day; now: Date },
): Promise<void> {
  await rows(tx, EVENTS, [organizationId, today, now])
}
