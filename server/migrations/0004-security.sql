-- Who calls: resolves a session, fixes organisation, actor, clock and family for the transaction, takes the
-- locks the operation declared and claims its operation id. One round trip, so that every request pays it once.
create type opened_call as (
  organization_id uuid, account_id uuid, person_id uuid, session_id uuid, roles text[], today date,
  must_change_password boolean, must_accept_rules boolean, children uuid[],
  operation_state text, stored_status integer, stored_answer text
);

create function open_call(p_token bytea, p_now timestamptz, p_operation uuid, p_request text, p_hash bytea, p_locks text[])
returns opened_call language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c opened_call; s record; o record; k text;
begin
  select se.organization_id, se.id, se.account_id, se.seen_at, a.person_id, a.must_change_password,
    a.rules_accepted_at is null as must_accept, (p_now at time zone org.time_zone)::date as today
  into s
  from session se
  join account a on a.organization_id = se.organization_id and a.id = se.account_id
  join organization org on org.id = se.organization_id
  where se.token_hash = p_token and se.ended_at is null and se.expires_at > p_now and a.disabled_at is null;
  if not found then return null; end if;

  c.organization_id := s.organization_id; c.account_id := s.account_id; c.person_id := s.person_id;
  c.session_id := s.id; c.today := s.today; c.must_change_password := s.must_change_password;
  c.must_accept_rules := s.must_accept;
  perform set_config('app.organization_id', c.organization_id::text, true),
    set_config('app.actor_id', c.person_id::text, true),
    set_config('app.now', p_now::text, true),
    set_config('app.operation_id', coalesce(p_operation::text, ''), true),
    set_config('app.reason', '', true), set_config('app.children', '', true);

  select coalesce(array_agg(role), '{}') into c.roles from role_assignment
  where organization_id = c.organization_id and person_id = c.person_id
    and starts_on <= c.today and coalesce(ends_on, 'infinity') >= c.today;

  if c.roles <@ array['student', 'guardian'] then
    select coalesce(array_agg(id), '{}') into c.children from (
      select student_id as id from guardian_link
      where organization_id = c.organization_id and guardian_id = c.person_id and 'guardian' = any (c.roles)
        and starts_on <= c.today and coalesce(ends_on, 'infinity') >= c.today
      union select c.person_id where 'student' = any (c.roles)) own;
    -- The actor's own id keeps the list from being empty, which would mean «not family».
    perform set_config('app.children', array_to_string(c.children || c.person_id, ','), true);
  end if;

  if p_now - s.seen_at > interval '5 minutes' then
    update session set seen_at = p_now where organization_id = c.organization_id and id = s.id;
  end if;

  if p_operation is null then return c; end if;
  -- Sorted, so that two writers never wait for each other crosswise.
  for k in select distinct unnest(p_locks) order by 1 loop
    perform pg_advisory_xact_lock(hashtextextended(c.organization_id::text || k, 0));
  end loop;
  -- A twin in flight makes this insert wait for it, and then gives its stored answer.
  insert into operation (organization_id, id, account_id, request, body_hash, at)
  values (c.organization_id, p_operation, c.account_id, p_request, p_hash, p_now) on conflict do nothing;
  if found then c.operation_state := 'new'; return c; end if;
  select account_id, request, body_hash, status, answer into o from operation
  where organization_id = c.organization_id and id = p_operation;
  if o.account_id = c.account_id and o.request = p_request and o.body_hash = p_hash then
    c.operation_state := 'done'; c.stored_status := o.status; c.stored_answer := o.answer;
  else
    c.operation_state := 'other';
  end if;
  return c;
end $$;

-- Tables used before the organisation of the caller is known are reached only through functions.
create function find_account(p_login text)
returns table (organization_id uuid, id uuid, person_id uuid, password_hash text, disabled_at timestamptz,
  first_password_until timestamptz)
language sql security definer set search_path = public, pg_temp as $$
  select organization_id, id, person_id, password_hash, disabled_at, first_password_until from account where login = p_login
$$;

create function count_sign_in_failure(p_login text, p_now timestamptz) returns integer
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_failure as f (login_key, failures, last_at) values (p_login, 1, p_now)
  on conflict (login_key) do update set
    failures = case when f.last_at < p_now - interval '15 minutes' then 1 else f.failures + 1 end, last_at = p_now
  returning failures
$$;
create function sign_in_failures(p_login text, p_now timestamptz) returns integer
language sql security definer set search_path = public, pg_temp as $$
  select coalesce((select failures from sign_in_failure
    where login_key = p_login and last_at >= p_now - interval '15 minutes'), 0)
$$;

create function start_session(p_organization uuid, p_account uuid, p_id uuid, p_token bytea, p_now timestamptz,
  p_expires timestamptz, p_device text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare p_login text;
begin
  insert into session (organization_id, id, account_id, token_hash, started_at, seen_at, expires_at, device)
  values (p_organization, p_id, p_account, p_token, p_now, p_now, p_expires, p_device);
  update account set previous_sign_in_at = last_sign_in_at, last_sign_in_at = p_now
  where organization_id = p_organization and id = p_account returning login into p_login;
  delete from sign_in_failure where login_key = p_login;
end $$;

create function use_setup_link(p_token bytea, p_now timestamptz, p_take boolean) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not p_take then
    return exists (select from setup_link where token_hash = p_token and used_at is null and expires_at > p_now);
  end if;
  update setup_link set used_at = p_now where token_hash = p_token and used_at is null and expires_at > p_now;
  return found;
end $$;
create function create_organization(p_id uuid, p_name text, p_short text, p_zone text) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into organization (id, name, short_name, time_zone) values (p_id, p_name, p_short, p_zone)
$$;
create function installation_state(out organizations bigint, out demo boolean)
language sql security definer set search_path = public, pg_temp as $$
  select count(*), coalesce(bool_or(is_demo), false) from organization
$$;

-- Row security and grants for every table; run again at the end of each migration that adds one.
create function secure_tables() returns void language plpgsql as $$
declare t record;
begin
  for t in select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid
      and a.attname = 'organization_id' and not a.attisdropped) as owned
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  loop
    execute format('alter table %I enable row level security', t.name);
    execute format('drop policy if exists own_organization on %I', t.name);
    execute format('revoke all on %I from zhuravl_app', t.name);
    -- Not the organisation's: setup_link, sign_in_failure, the list of migrations. Functions only, no grant.
    continue when not t.owned and t.name <> 'organization';
    execute format('create policy own_organization on %I using (%s = (select current_organization()))', t.name,
      case when t.name = 'organization' then 'id' else 'organization_id' end);
    execute format('grant select, insert on %I to zhuravl_app', t.name);
    if t.name not in ('history', 'audit_event') then
      execute format('grant update on %I to zhuravl_app', t.name);
    end if;
  end loop;
  grant delete on import_key to zhuravl_app;
  revoke insert on organization from zhuravl_app;
end $$;
select secure_tables();

-- Families pass a second, restrictive policy on everything that is about one child.
do $$
declare t text;
begin
  foreach t in array array['mark', 'attendance', 'stay', 'group_member', 'procedure', 'incoming_mark', 'guardian_link'] loop
    execute format('create policy own_children on %I as restrictive using '
      || '((select visible_children()) is null or student_id = any ((select visible_children())::uuid[]))', t);
  end loop;
  create policy own_children on student as restrictive using
    ((select visible_children()) is null or id = any ((select visible_children())::uuid[]));
end $$;
