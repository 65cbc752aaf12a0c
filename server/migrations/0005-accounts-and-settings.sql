-- An assignment withdrawn before its first day becomes an empty span: never in force, never deleted.
alter table role_assignment
  drop constraint role_assignment_check,
  drop constraint role_assignment_organization_id_person_id_role_daterange_excl,
  add constraint span_forward check (ends_on >= starts_on - 1),
  add constraint one_role_at_a_time exclude using gist (organization_id with =, person_id with =, role with =,
    daterange(starts_on, ends_on + 1, '[)') with &&);

alter table work_type add column archived boolean not null default false;

-- An archived type is offered for nothing new, so it is not the first column of a lesson either.
create or replace function add_first_work() returns trigger language plpgsql as $$
begin
  insert into lesson_work (organization_id, id, lesson_id, work_type_id, weight, position)
  select new.organization_id, new.id, new.id, t.id, t.weight, 0
  from teaching_assignment j
  join lateral (select id, weight from work_type where organization_id = new.organization_id and not archived
    order by position limit 1) t on true
  where j.organization_id = new.organization_id and j.id = new.journal_id and j.kind = 'lessons' and not j.gradeless;
  return null;
end $$;

-- Counted before the password is looked at, so that attempts sent all at once are bounded too; a success forgets
-- them. Logins nobody has are counted as well, so rows of yesterday go a few at a time.
create index sign_in_failure_by_age on sign_in_failure (last_at);
create function begin_sign_in(p_login text, p_now timestamptz, p_allowed integer) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from sign_in_failure where login_key in (
    select login_key from sign_in_failure where last_at < p_now - interval '1 day' order by last_at limit 5
    for update skip locked);
  insert into sign_in_failure as f (login_key, failures, last_at) values (p_login, 1, p_now)
  on conflict (login_key) do update set
    failures = case when f.last_at < p_now - interval '15 minutes' then 1 else f.failures + 1 end, last_at = p_now
  where f.failures < p_allowed or f.last_at < p_now - interval '15 minutes';
  return found;
end $$;
create function forget_sign_in_failures(p_login text) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_failure where login_key = p_login
$$;
drop function count_sign_in_failure(text, timestamptz);
drop function sign_in_failures(text, timestamptz);

-- Whether any role is in force today is said here, before a session could show the person an empty product.
create function has_role_today(p_organization uuid, p_person uuid, p_now timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from role_assignment r join organization o on o.id = r.organization_id
    where r.organization_id = p_organization and r.person_id = p_person
      and r.starts_on <= (p_now at time zone o.time_zone)::date
      and coalesce(r.ends_on, 'infinity') >= (p_now at time zone o.time_zone)::date)
$$;

select secure_tables();
