-- Closed is closed (4.4, 4.5): what a former window, a former time zone or a study period has closed is opened by a
-- decision with a reason, a person and an end, and by nothing else. And a clock that has gone back writes nothing.

-- 1. Lessons held before this day were closed when the window was widened, and stay so.
alter table organization add column closed_before date;
create function keep_closed() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare was date := (current_moment() at time zone old.time_zone)::date - old.entry_window_days;
begin
  new.closed_before := old.closed_before;
  if (current_moment() at time zone new.time_zone)::date - new.entry_window_days < was then
    new.closed_before := greatest(old.closed_before, was);
  end if;
  return new;
end $$;
-- Before the version grows: by name.
create trigger a_keep_closed before update on organization for each row execute function keep_closed();

-- 2. A study period is closed and opened again with a reason; opened again it has a last day.
alter table grading_period
  add column decided_by uuid,
  add column reason text check (length(reason) between 3 and 300),
  add column open_until date,
  add foreign key (organization_id, decided_by) references person,
  add constraint opened_again_with_an_end check (closed_at is not null or open_until is null);
create index grading_period_closed on grading_period (organization_id) where closed_at is not null;

-- Whether a period that covers the day and a class of the lesson's group is closed. Clubs have no class and no periods.
create function in_closed_period(p_organization uuid, p_journal uuid, p_day date) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from grading_period where organization_id = p_organization and closed_at is not null) then
    return false;
  end if;
  return exists (
    select from teaching_assignment j
    join study_group g on g.organization_id = j.organization_id and g.id = j.group_id
    left join study_group c on c.organization_id = g.organization_id and c.id = g.parent_id
    join organization o on o.id = j.organization_id
    join grading_period p on p.organization_id = j.organization_id and p.closed_at is not null
      and p_day between p.starts_on and p.ends_on
      and p.grade_from <= coalesce(g.grade_to, g.grade_from, c.grade_to, c.grade_from)
      and p.grade_to >= coalesce(g.grade_from, g.grade_to, c.grade_from, c.grade_to)
      and coalesce(p.open_until < (current_moment() at time zone o.time_zone)::date, true)
    where j.organization_id = p_organization and j.id = p_journal);
end $$;

-- Days after a lesson of this day during which it may still be entered late; null where its study period is closed.
create function entry_days(o organization, p_journal uuid, p_day date) returns integer
language plpgsql stable set search_path = public, pg_temp as $$
begin
  if in_closed_period(o.id, p_journal, p_day) then return null; end if;
  -- A day that is not set closes nothing: least() passes nulls by.
  return least(o.entry_window_days, (current_moment() at time zone o.time_zone)::date - o.closed_before);
end $$;

-- Every record of a lesson; what is referred for a decision is none yet.
create function refuse_closed_period() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from grading_period where closed_at is not null) and exists (
    select from new_rows n join lesson l on l.organization_id = n.organization_id and l.id = n.lesson_id
    where in_closed_period(l.organization_id, l.journal_id, l.held_on)) then
    raise exception 'the study period of the lesson is closed' using errcode = 'check_violation',
      constraint = 'period_open';
  end if;
  return null;
end $$;
create function refuse_closed_lesson() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_closed_period(new.organization_id, new.journal_id, new.held_on)
    or tg_op = 'UPDATE' and in_closed_period(old.organization_id, old.journal_id, old.held_on) then
    raise exception 'the study period of the lesson is closed' using errcode = 'check_violation',
      constraint = 'period_open';
  end if;
  return null;
end $$;
do $$
declare t text;
begin
  foreach t in array array['mark', 'attendance', 'lesson_record', 'homework', 'lesson_work', 'late_entry', 'substitution'] loop
    execute format('create trigger period_open after insert on %I referencing new table as new_rows '
      || 'for each statement execute function refuse_closed_period()', t);
    execute format('create trigger period_open_still after update on %I referencing new table as new_rows '
      || 'for each statement execute function refuse_closed_period()', t);
  end loop;
end $$;
create trigger period_open after insert or update on lesson for each row execute function refuse_closed_lesson();

-- 3. A clock behind the newest line of audit by more than minutes has been set back: what it writes would be dated wrong.
-- Where the newest line itself was written by a wrong clock, whoever runs the server says so once.
create table platform.accepted_clock (audit_id bigint not null);
insert into platform.accepted_clock values (0);
create index audit_by_id on audit_event (id);

create function clock_behind(p_now timestamptz) returns interval
language sql stable security definer set search_path = public, pg_temp as $$
  select max(at) - p_now from (
    select at from audit_event where id > (select audit_id from platform.accepted_clock) order by id desc limit 5) a
$$;
create function accept_clock() returns void
language sql security definer set search_path = public, pg_temp as $$
  update platform.accepted_clock set audit_id = coalesce((select max(id) from audit_event), 0)
$$;
revoke execute on function accept_clock() from public;

create or replace function tell_context(p_organization uuid, p_actor uuid, p_account uuid, p_operation uuid, p_now timestamptz,
  p_children uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare told text := concat_ws('|', p_organization, coalesce(p_actor::text, ''), coalesce(p_account::text, ''),
  coalesce(p_operation::text, ''), p_now, coalesce(array_to_string(p_children, ','), ''));
begin
  -- Whatever has an operation writes; reads go on.
  if p_operation is not null and clock_behind(p_now) > interval '5 minutes' then
    raise exception 'the clock is behind the newest record' using errcode = 'ZH002';
  end if;
  perform set_config('app.context', seal_of(told) || told, true);
end $$;

select secure_tables();
