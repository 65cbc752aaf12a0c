-- A write that travels together with the commit finds out in the database that somebody was faster.
create function refuse_lost_update() returns text language plpgsql as $$
begin
  raise exception 'somebody has changed what was to be saved' using errcode = 'ZH001';
end $$;

-- History of changed rows in one pass: a row that kept its version, jumped, or changed its key has no partner.
create function refuse_version(p_table text) returns integer language plpgsql as $$
begin
  raise exception 'version of % must grow by one', p_table using errcode = 'integrity_constraint_violation';
end $$;

create or replace function keep_history_of_changed() returns trigger language plpgsql as $$
begin
  insert into history (organization_id, kind, record_id, version, after, actor_id, operation_id, reason, at)
  select n.organization_id, tg_table_name, n.id,
    case when o.id is null then refuse_version(tg_table_name) else n.version end,
    to_jsonb(n) - '{organization_id,id,version}'::text[],
    current_actor(), current_operation(), current_reason(), current_moment()
  from new_rows n
  left join old_rows o on o.organization_id = n.organization_id and o.id = n.id and n.version = o.version + 1;
  return null;
end $$;

-- Fewer statements inside: roles are read with the session, and a single lock needs no sorting.
create or replace function open_call(p_token bytea, p_now timestamptz, p_operation uuid, p_request text, p_hash bytea, p_locks text[])
returns opened_call language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c opened_call; s record; o record; k text;
begin
  select se.organization_id, se.id, se.account_id, se.seen_at, a.person_id, a.must_change_password,
    a.rules_accepted_at is null as must_accept, d.today,
    array(select r.role from role_assignment r
      where r.organization_id = se.organization_id and r.person_id = a.person_id
        and r.starts_on <= d.today and coalesce(r.ends_on, 'infinity') >= d.today) as roles
  into s
  from session se
  join account a on a.organization_id = se.organization_id and a.id = se.account_id
  join organization org on org.id = se.organization_id
  cross join lateral (select (p_now at time zone org.time_zone)::date as today) d
  where se.token_hash = p_token and se.ended_at is null and se.expires_at > p_now and a.disabled_at is null;
  if not found then return null; end if;

  c.organization_id := s.organization_id; c.account_id := s.account_id; c.person_id := s.person_id;
  c.session_id := s.id; c.today := s.today; c.must_change_password := s.must_change_password;
  c.must_accept_rules := s.must_accept; c.roles := s.roles;
  perform set_config('app.organization_id', c.organization_id::text, true),
    set_config('app.actor_id', c.person_id::text, true),
    set_config('app.now', p_now::text, true),
    set_config('app.operation_id', coalesce(p_operation::text, ''), true),
    set_config('app.reason', '', true), set_config('app.children', '', true);

  if c.roles <@ array['student', 'guardian'] then
    select coalesce(array_agg(id), '{}') into c.children from (
      select student_id as id from guardian_link
      where organization_id = c.organization_id and guardian_id = c.person_id and 'guardian' = any (c.roles)
        and starts_on <= c.today and coalesce(ends_on, 'infinity') >= c.today
      union select c.person_id where 'student' = any (c.roles)) own
    where family_access_open(c.organization_id, own.id, c.today);
    -- The actor's own id keeps the list from being empty, which would mean «not family».
    perform set_config('app.children', array_to_string(c.children || c.person_id, ','), true);
  end if;

  if p_now - s.seen_at > interval '5 minutes' then
    update session set seen_at = p_now where organization_id = c.organization_id and id = s.id;
  end if;

  if p_operation is null then return c; end if;
  -- A twin in flight holds this lock until its answer is stored, and then gives it.
  perform pg_advisory_xact_lock(hashtextextended(c.organization_id::text || 'operation:' || p_operation, 0));
  if cardinality(p_locks) = 1 then
    perform pg_advisory_xact_lock(hashtextextended(c.organization_id::text || p_locks[1], 0));
  else
    -- Sorted, so that two writers never wait for each other crosswise.
    for k in select distinct unnest(p_locks) order by 1 loop
      perform pg_advisory_xact_lock(hashtextextended(c.organization_id::text || k, 0));
    end loop;
  end if;
  select account_id, request, body_hash, status, answer into o from operation
  where organization_id = c.organization_id and id = p_operation;
  if not found then c.operation_state := 'new'; return c; end if;
  if o.account_id = c.account_id and o.request = p_request and o.body_hash = p_hash then
    c.operation_state := 'done'; c.stored_status := o.status; c.stored_answer := o.answer;
  else
    c.operation_state := 'other';
  end if;
  return c;
end $$;
