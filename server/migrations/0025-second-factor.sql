-- The second factor of an account: a secret shared with an app on a phone (RFC 6238), sealed with a key of the server that
-- is not in the database, and the newest time step that was taken. All of it is written by functions alone, each for the
-- account that acts or for one that has just proved its password.
create table second_factor (
  organization_id uuid not null,
  account_id uuid not null,
  sealed_secret bytea not null,
  since timestamptz not null,
  last_step bigint not null,
  primary key (organization_id, account_id),
  foreign key (organization_id, account_id) references account
);
create table recovery_code (
  organization_id uuid not null,
  account_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (organization_id, account_id, code_hash),
  foreign key (organization_id, account_id) references second_factor
);
-- Between password and code: opens nothing, and is void as soon as anything of the account changes.
create table half_session (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  token_hash bytea not null unique,
  account_version integer not null,
  tries integer not null default 0,
  expires_at timestamptz not null,
  taken_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references account
);
create index half_session_by_account on half_session (organization_id, account_id);

-- When the code was last asked for in this session.
alter table session add column confirmed_at timestamptz;
create function refuse_own_confirmation() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'zhuravl_app' then
    raise exception 'a session is confirmed by a code' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger confirmed_by_code before update of confirmed_at on session
  for each row execute function refuse_own_confirmation();

-- Roles that need it, each with the day since when, and the days everybody has to set it up.
alter table organization
  add column second_factor_roles jsonb not null default '{}' check (jsonb_typeof(second_factor_roles) = 'object'),
  add column second_factor_days integer not null default 14 check (second_factor_days between 0 and 366);

-- Codes are counted apart for sessions of the account, for each browser it knows and for everybody else, wherever they
-- come from: whoever knows the password tries ten codes in a quarter of an hour, and locks the owner out of neither.
alter table sign_in_failure drop constraint sign_in_failure_kind_check,
  add constraint sign_in_failure_kind_check check (kind in ('login', 'address', 'device', 'inside', 'pair', 'code'));
create function code_counter(p_account uuid, p_device bytea, p_inside boolean, p_now timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select p_account || ' ' || case when p_inside then 'inside'
    when exists (select from known_device where account_id = p_account and token_hash = p_device
      and last_at > p_now - interval '400 days') then encode(p_device, 'hex')
    else 'outside' end
$$;
revoke execute on function code_counter(uuid, bytea, boolean, timestamptz) from public;
create function begin_code(p_account uuid, p_device bytea, p_inside boolean, p_now timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  select count_attempt('code', code_counter(p_account, p_device, p_inside, p_now), p_now, 10)
$$;

-- Takes a step or a recovery code; of two at once with the same one the second finds it taken.
create function use_second_factor(p_organization uuid, p_account uuid, p_step bigint, p_code bytea, p_counter text,
  p_now timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_step is not null then
    update second_factor set last_step = p_step
    where organization_id = p_organization and account_id = p_account and last_step < p_step;
  else
    update recovery_code set used_at = p_now
    where organization_id = p_organization and account_id = p_account and code_hash = p_code and used_at is null;
  end if;
  if not found then return false; end if;
  delete from sign_in_failure where kind = 'code' and login_key = p_counter;
  return true;
end $$;
revoke execute on function use_second_factor(uuid, uuid, bigint, bytea, text, timestamptz) from public;

-- False for an account without a second factor: its password is enough.
create function begin_half_session(p_organization uuid, p_account uuid, p_id uuid, p_token bytea, p_now timestamptz)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from second_factor where organization_id = p_organization and account_id = p_account) then
    return false;
  end if;
  delete from half_session where organization_id = p_organization and account_id = p_account and expires_at < p_now;
  insert into half_session (organization_id, id, account_id, token_hash, account_version, expires_at)
  select organization_id, p_id, id, p_token, version, p_now + interval '10 minutes' from account
  where organization_id = p_organization and id = p_account;
  return true;
end $$;

-- Whose half session it is, and what its code is compared with. Each look is a try, and there are five.
create function try_half_session(p_token bytea, p_now timestamptz)
returns table (organization_id uuid, id uuid, person_id uuid, login text, sealed_secret bytea, last_step bigint)
language sql security definer set search_path = public, pg_temp as $$
  update half_session h set tries = h.tries + 1
  from account a
  join second_factor f on f.organization_id = a.organization_id and f.account_id = a.id
  where h.token_hash = p_token and h.taken_at is null and h.expires_at > p_now and h.tries < 5
    and a.organization_id = h.organization_id and a.id = h.account_id and a.version = h.account_version
    and a.disabled_at is null
  returning a.organization_id, a.id, a.person_id, a.login, f.sealed_secret, f.last_step
$$;
create function take_half_session(p_token bytea, p_device bytea, p_now timestamptz, p_step bigint, p_code bytea)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare h record;
begin
  update half_session set taken_at = p_now where token_hash = p_token and taken_at is null and expires_at > p_now
  returning organization_id, account_id into h;
  if not found then return false; end if;
  return use_second_factor(h.organization_id, h.account_id, p_step, p_code,
    code_counter(h.account_id, p_device, false, p_now), p_now);
end $$;

-- Of an account with a second factor no session starts but by a half session taken with its code at this moment.
create or replace function start_session(p_organization uuid, p_account uuid, p_id uuid, p_token bytea, p_now timestamptz,
  p_expires timestamptz, p_device text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  guarded boolean := exists (select from second_factor where organization_id = p_organization and account_id = p_account);
begin
  if guarded then
    delete from half_session where (organization_id, id) = (select organization_id, id from half_session
      where organization_id = p_organization and account_id = p_account and taken_at = p_now limit 1 for update);
    if not found then
      raise exception 'this account is entered with a code' using errcode = 'insufficient_privilege';
    end if;
  end if;
  insert into session (organization_id, id, account_id, token_hash, started_at, seen_at, expires_at, device, confirmed_at)
  values (p_organization, p_id, p_account, p_token, p_now, p_now, p_expires, p_device, case when guarded then p_now end);
  update account set previous_sign_in_at = last_sign_in_at, last_sign_in_at = p_now
  where organization_id = p_organization and id = p_account;
end $$;

-- One's own second factor, in a session.
create function own_second_factor(out sealed_secret bytea, out last_step bigint, out since timestamptz, out codes_left integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.sealed_secret, f.last_step, f.since, (select count(*)::integer from recovery_code c
    where c.organization_id = f.organization_id and c.account_id = f.account_id and c.used_at is null)
  from second_factor f where f.organization_id = current_organization() and f.account_id = current_account()
$$;
create function confirm_own_session(p_session uuid, p_step bigint, p_code bytea) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not use_second_factor(current_organization(), current_account(), p_step, p_code,
    code_counter(current_account(), null, true, current_moment()), current_moment()) then return false;
  end if;
  update session set confirmed_at = current_moment()
  where organization_id = current_organization() and account_id = current_account() and id = p_session;
  return found;
end $$;
create function renew_own_recovery_codes(p_codes bytea[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from recovery_code where organization_id = current_organization() and account_id = current_account();
  insert into recovery_code (organization_id, account_id, code_hash)
  select current_organization(), current_account(), unnest(p_codes);
end $$;
-- False when there is one already. Sessions that were opened without a code end, all but the one that sets it up.
create function set_up_own_second_factor(p_session uuid, p_sealed bytea, p_step bigint, p_codes bytea[]) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into second_factor (organization_id, account_id, sealed_secret, since, last_step)
  values (current_organization(), current_account(), p_sealed, current_moment(), p_step) on conflict do nothing;
  if not found then return false; end if;
  perform renew_own_recovery_codes(p_codes);
  update session set confirmed_at = current_moment()
  where organization_id = current_organization() and account_id = current_account() and id = p_session;
  update session set ended_at = current_moment()
  where organization_id = current_organization() and account_id = current_account() and id <> p_session
    and ended_at is null;
  return true;
end $$;
create function remove_own_second_factor() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from recovery_code where organization_id = current_organization() and account_id = current_account();
  delete from half_session where organization_id = current_organization() and account_id = current_account();
  delete from second_factor where organization_id = current_organization() and account_id = current_account();
end $$;

-- Every call learns whether the account has a second factor, when its session was last confirmed, and until which day it
-- must be set up: counted from the day the role was asked to have it or began, whichever is later.
alter type opened_call add attribute has_second_factor boolean;
alter type opened_call add attribute confirmed_at timestamptz;
alter type opened_call add attribute second_factor_due date;

create or replace function open_call(p_token bytea, p_now timestamptz, p_operation uuid, p_request text, p_hash bytea, p_locks text[])
returns opened_call language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c opened_call; s record; o record; k text; shown uuid[];
begin
  select se.organization_id, se.id, se.account_id, se.seen_at, se.confirmed_at, a.person_id, a.must_change_password,
    a.rules_accepted_at is null as must_accept, d.today,
    array(select r.role from role_assignment r
      where r.organization_id = se.organization_id and r.person_id = a.person_id
        and r.starts_on <= d.today and coalesce(r.ends_on, 'infinity') >= d.today) as roles,
    exists (select from second_factor f
      where f.organization_id = se.organization_id and f.account_id = se.account_id) as has_second_factor,
    case when org.second_factor_roles <> '{}' then
      (select min(greatest(r.starts_on, (org.second_factor_roles->>r.role)::date)) + org.second_factor_days
      from role_assignment r
      where r.organization_id = se.organization_id and r.person_id = a.person_id and org.second_factor_roles ? r.role
        and r.starts_on <= d.today and coalesce(r.ends_on, 'infinity') >= d.today) end as second_factor_due
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
  c.has_second_factor := s.has_second_factor; c.confirmed_at := s.confirmed_at;
  c.second_factor_due := s.second_factor_due;

  if c.roles <@ array['student', 'guardian'] then
    select coalesce(array_agg(id), '{}') into c.children from (
      select student_id as id from guardian_link
      where organization_id = c.organization_id and guardian_id = c.person_id and 'guardian' = any (c.roles)
        and starts_on <= c.today and coalesce(ends_on, 'infinity') >= c.today
      union select c.person_id where 'student' = any (c.roles)) own
    where family_access_open(c.organization_id, own.id, c.today);
    -- The actor's own id keeps the list from being empty, which would mean «not family».
    shown := c.children || c.person_id;
  end if;
  perform tell_context(c.organization_id, c.person_id, c.account_id, p_operation, p_now, shown);

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

select secure_tables();
create policy only_by_functions on second_factor as restrictive for insert to zhuravl_app with check (false);
create policy only_by_functions_changed on second_factor as restrictive for update to zhuravl_app using (true) with check (false);
create policy only_by_functions on recovery_code as restrictive for insert to zhuravl_app with check (false);
create policy only_by_functions_changed on recovery_code as restrictive for update to zhuravl_app using (true) with check (false);
create policy only_by_functions on half_session as restrictive for insert to zhuravl_app with check (false);
create policy only_by_functions_changed on half_session as restrictive for update to zhuravl_app using (true) with check (false);
create policy own_account on second_factor as restrictive using
  ((select visible_children()) is null or account_id = (select current_account()));
create policy own_account on recovery_code as restrictive using
  ((select visible_children()) is null or account_id = (select current_account()));
create policy own_account on half_session as restrictive using
  ((select visible_children()) is null or account_id = (select current_account()));
