-- Failures at sign-in are counted apart for a login, for an address, and for a browser that has signed in with this login
-- before: whoever guesses a teacher's password locks strangers out of that login and never the teacher's own browser.
create table known_device (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  token_hash bytea not null,
  last_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references account,
  unique (organization_id, account_id, token_hash)
);
create index known_device_by_token on known_device (token_hash);

alter table sign_in_failure
  add column kind text not null default 'login' check (kind in ('login', 'address', 'device')),
  drop constraint sign_in_failure_pkey,
  add primary key (kind, login_key);

create function count_attempt(p_kind text, p_key text, p_now timestamptz, p_allowed integer) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into sign_in_failure as f (kind, login_key, failures, last_at) values (p_kind, p_key, 1, p_now)
  on conflict (kind, login_key) do update set
    failures = case when f.last_at < p_now - interval '15 minutes' then 1 else f.failures + 1 end, last_at = p_now
  where f.failures < p_allowed or f.last_at < p_now - interval '15 minutes';
  return found;
end $$;
revoke execute on function count_attempt(text, text, timestamptz, integer) from public;

drop function begin_sign_in(text, timestamptz, integer);
create function begin_sign_in(p_login text, p_device bytea, p_address text, p_now timestamptz, p_allowed integer,
  p_address_allowed integer) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from sign_in_failure where (kind, login_key) in (
    select kind, login_key from sign_in_failure where last_at < p_now - interval '1 day' order by last_at limit 5
    for update skip locked);
  if exists (select from known_device d
    join account a on a.organization_id = d.organization_id and a.id = d.account_id
    where d.token_hash = p_device and a.login = p_login and d.last_at > p_now - interval '400 days') then
    return count_attempt('device', encode(p_device, 'hex') || ' ' || p_login, p_now, p_allowed);
  end if;
  -- An address that has used up its attempts must not use up those of a login as well.
  if exists (select from sign_in_failure where kind = 'address' and login_key = p_address
    and failures >= p_address_allowed and last_at >= p_now - interval '15 minutes') then return false; end if;
  if not count_attempt('login', p_login, p_now, p_allowed) then return false; end if;
  return count_attempt('address', p_address, p_now, p_address_allowed);
end $$;

create or replace function start_session(p_organization uuid, p_account uuid, p_id uuid, p_token bytea, p_now timestamptz,
  p_expires timestamptz, p_device text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into session (organization_id, id, account_id, token_hash, started_at, seen_at, expires_at, device)
  values (p_organization, p_id, p_account, p_token, p_now, p_now, p_expires, p_device);
  update account set previous_sign_in_at = last_sign_in_at, last_sign_in_at = p_now
  where organization_id = p_organization and id = p_account;
end $$;

-- A success forgets the failures of the counter it came through, and gives the browser a new token for every account
-- that knows it: a token planted or copied before is worth nothing afterwards.
create function remember_device(p_organization uuid, p_account uuid, p_id uuid, p_before bytea, p_token bytea,
  p_address text, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare p_login text; known boolean;
begin
  select login into p_login from account where organization_id = p_organization and id = p_account;
  known := exists (select from known_device where organization_id = p_organization and account_id = p_account
    and token_hash = p_before and last_at > p_now - interval '400 days');
  if not known then
    delete from sign_in_failure where kind = 'login' and login_key = p_login;
    update sign_in_failure set failures = greatest(failures - 1, 0) where kind = 'address' and login_key = p_address;
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
  delete from sign_in_failure where (kind = 'login' and login_key = p_login)
    or (kind = 'device' and split_part(login_key, ' ', 2) = p_login)
$$;

select secure_tables();
