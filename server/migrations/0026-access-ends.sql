-- Whoever holds an open stream is told at once when what it stands on changes: a session that ends by name, everything
-- else for the whole organisation, since it is rare and whoever hears it asks anew. One transaction tells each thing once.
create function tell_access_changed() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_notify('access', json_build_object('organizationId', new.organization_id)::text);
  return null;
end $$;
create function tell_session_ended() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_notify('access', json_build_object('organizationId', new.organization_id, 'sessionId', new.id)::text);
  return null;
end $$;

create trigger tell_session_ended after update of ended_at on session for each row
  when (old.ended_at is null and new.ended_at is not null) execute function tell_session_ended();
create trigger tell_access_changed after update of disabled_at on account for each row
  when (old.disabled_at is distinct from new.disabled_at) execute function tell_access_changed();
create trigger tell_access_changed after insert or update on role_assignment for each row
  execute function tell_access_changed();
create trigger tell_access_changed after update on teaching_assignment for each row
  when (old.teacher_id is distinct from new.teacher_id) execute function tell_access_changed();
create trigger tell_access_changed after update on study_group for each row
  when (old.homeroom_teacher_id is distinct from new.homeroom_teacher_id) execute function tell_access_changed();
create trigger tell_access_changed after update on substitution for each row execute function tell_access_changed();

-- Which of these sessions still stand, and on what: day and roles, so that a change of either is seen without a notice.
create function standing_sessions(p_tokens bytea[], p_now timestamptz) returns table (token_hash bytea, stands_on text)
language sql stable security definer set search_path = public, pg_temp as $$
  select se.token_hash, d.today || ' ' || held.roles
  from session se
  join account a on a.organization_id = se.organization_id and a.id = se.account_id
  join organization o on o.id = se.organization_id
  cross join lateral (select (p_now at time zone o.time_zone)::date as today) d
  cross join lateral (select string_agg(r.role, ',' order by r.role) as roles from role_assignment r
    where r.organization_id = se.organization_id and r.person_id = a.person_id
      and r.starts_on <= d.today and coalesce(r.ends_on, 'infinity') >= d.today) held
  where se.token_hash = any (p_tokens) and se.ended_at is null and se.expires_at > p_now
    and a.disabled_at is null and held.roles is not null
$$;

-- Wrong passwords make whoever tries them wait and lock nobody out: they are counted for a login from one address, where
-- after ten of them the next one waits a second, then two, four, up to a minute and a half. The same login from another
-- address, and every other login from this one, go on. An address with very many failures may still try each login, only
-- not again and again. How many failures an address has decides who is looked at first when more come than can be looked at.
delete from sign_in_failure where kind = 'login';
alter table sign_in_failure alter column kind drop default, drop constraint sign_in_failure_kind_check,
  add constraint sign_in_failure_kind_check check (kind in ('pair', 'address', 'device', 'inside', 'code'));

drop function begin_sign_in(text, bytea, text, timestamptz, integer, integer);
create function begin_sign_in(p_login text, p_device bytea, p_address text, p_now timestamptz, p_allowed integer,
  p_address_allowed integer, out wait_s integer, out known boolean, out address_failures integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare p record; v_key text := p_login || ' ' || p_address;
begin
  -- Counters of minutes need not reach the disk, and attempts from one address wait for each other's commit.
  perform set_config('synchronous_commit', 'off', true);
  wait_s := 0;
  -- More go than can come: however many names and addresses are tried, the table holds half an hour of them.
  delete from sign_in_failure where (kind, login_key) in (
    select kind, login_key from sign_in_failure where last_at < p_now - interval '30 minutes' order by last_at limit 10
    for update skip locked);
  select coalesce((select failures from sign_in_failure where kind = 'address' and login_key = p_address
    and last_at >= p_now - interval '15 minutes'), 0) into address_failures;
  known := exists (select from known_device d
    join account a on a.organization_id = d.organization_id and a.id = d.account_id
    where d.token_hash = p_device and a.login = p_login and d.last_at > p_now - interval '400 days');
  if known then
    if not count_attempt('device', encode(p_device, 'hex') || ' ' || p_login, p_now, p_allowed) then wait_s := 60; end if;
    return;
  end if;

  select failures, last_at into p from sign_in_failure where kind = 'pair' and login_key = v_key
    and last_at >= p_now - interval '15 minutes';
  if address_failures >= p_address_allowed and p.failures >= 3 then wait_s := 60; return; end if;
  insert into sign_in_failure as f (kind, login_key, failures, last_at) values ('pair', v_key, 1, p_now)
  on conflict (kind, login_key) do update set
    failures = case when f.last_at < p_now - interval '15 minutes' then 1 else f.failures + 1 end, last_at = p_now
  where f.failures < p_allowed
    or f.last_at <= p_now - make_interval(secs => least(90, 2 ^ least(f.failures - p_allowed, 7)));
  if not found then
    select failures, last_at into p from sign_in_failure where kind = 'pair' and login_key = v_key;
    wait_s := greatest(1, ceil(least(90, 2 ^ least(p.failures - p_allowed, 7))
      - extract(epoch from p_now - p.last_at)));
    return;
  end if;
  perform count_attempt('address', p_address, p_now, 1000000);
end $$;

-- A success forgets the failures of the counter it came through; of an address it makes up for five: what counts there
-- is the share of failures. The rest is as it was.
create or replace function remember_device(p_organization uuid, p_account uuid, p_id uuid, p_before bytea, p_token bytea,
  p_address text, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare p_login text; known boolean;
begin
  select login into p_login from account where organization_id = p_organization and id = p_account;
  known := exists (select from known_device where organization_id = p_organization and account_id = p_account
    and token_hash = p_before and last_at > p_now - interval '400 days');
  if not known then
    delete from sign_in_failure where kind = 'pair' and login_key = p_login || ' ' || p_address;
    update sign_in_failure set failures = greatest(failures - 6, 0) where kind = 'address' and login_key = p_address;
  end if;
  delete from sign_in_failure where kind = 'device' and login_key = encode(p_before, 'hex') || ' ' || p_login;
  update known_device set token_hash = p_token where token_hash = p_before;
  insert into known_device (organization_id, id, account_id, token_hash, last_at)
  values (p_organization, p_id, p_account, p_token, p_now)
  on conflict (organization_id, account_id, token_hash) do update set last_at = p_now;
  delete from known_device where organization_id = p_organization and account_id = p_account and id not in (
    select id from known_device where organization_id = p_organization and account_id = p_account
    order by last_at desc limit 20);
end $$;

create or replace function forget_sign_in_failures(p_login text) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_failure where (kind = 'pair' and split_part(login_key, ' ', 1) = p_login)
    or (kind = 'device' and split_part(login_key, ' ', 2) = p_login)
$$;

-- A password asked for inside a session is counted like one at sign-in, for the account whichever session asks.
create function begin_proof(p_account uuid, p_now timestamptz, p_allowed integer) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  select count_attempt('inside', p_account::text, p_now, p_allowed)
$$;
create function forget_proofs(p_account uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_failure where kind = 'inside' and login_key = p_account::text
$$;

select secure_tables();
