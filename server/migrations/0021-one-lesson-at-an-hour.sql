-- A substitute who teaches two lessons at one hour does so knowingly («объединённое занятие»), with a reason.
alter table substitution add column merged boolean not null default false;
alter table substitution add constraint merged_with_a_reason
  check (not merged or (substitute_id is not null and reason is not null));

-- Who teaches another lesson at the hour of this one, by the clock and not by its number: shifts, clubs and corrective
-- lessons have numbers of their own. A lesson that somebody else takes over is not taught by its teacher.
create function taught_at_that_hour(organization uuid, this_lesson uuid)
returns table (person_id uuid, lesson_id uuid, substituting boolean)
language sql stable set search_path = public, pg_temp as $$
  select coalesce(s.substitute_id, j.teacher_id), o.id, s.substitute_id is not null
  from lesson l
  join lesson o on o.organization_id = l.organization_id and o.held_on = l.held_on and o.id <> l.id
    and o.starts_at < l.ends_at and l.starts_at < o.ends_at
  join teaching_assignment j on j.organization_id = o.organization_id and j.id = o.journal_id
  left join substitution s on s.organization_id = o.organization_id and s.lesson_id = o.id
  where l.organization_id = organization and l.id = this_lesson
$$;

-- One at a time for each person and day: of two who name the same substitute at once the second sees the first.
create function require_free_hour() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  who uuid;
  day date;
begin
  select coalesce(new.substitute_id, j.teacher_id), l.held_on into who, day
  from lesson l join teaching_assignment j on j.organization_id = l.organization_id and j.id = l.journal_id
  where l.organization_id = new.organization_id and l.id = new.lesson_id;
  perform pg_advisory_xact_lock(hashtextextended(format('teaches:%s:%s:%s', new.organization_id, who, day), 0));
  -- Two lessons of a teacher's own at one hour are the timetable's affair; a substitution must not bring them about.
  if not new.merged and exists (
    select from taught_at_that_hour(new.organization_id, new.lesson_id) t
    where t.person_id = who and (new.substitute_id is not null or t.substituting)
  ) then
    raise exception 'teaches another lesson at that hour' using errcode = 'exclusion_violation',
      constraint = 'one_lesson_at_an_hour';
  end if;
  return new;
end $$;
create trigger one_lesson_at_an_hour before insert or update of substitute_id, merged on substitution
  for each row execute function require_free_hour();

select secure_tables();
