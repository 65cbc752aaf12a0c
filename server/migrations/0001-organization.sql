-- Conventions of every table: key (organization_id, id), foreign keys carry organization_id, spans are closed
-- days starts_on..ends_on, instants end in _at. Row security and grants are set for all tables at the end of
-- the last migration of a release by secure_tables().
create extension if not exists btree_gist;

create function current_organization() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.organization_id', true), '')::uuid $$;
create function current_actor() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.actor_id', true), '')::uuid $$;
create function current_operation() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.operation_id', true), '')::uuid $$;
create function current_reason() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.reason', true), '') $$;
-- The moment the server says it is: one clock for rules, records and history, settable in tests.
create function current_moment() returns timestamptz language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
-- Children a family may see; null for everybody who is not family.
create function visible_children() returns uuid[] language sql stable parallel safe
  as $$ select string_to_array(nullif(current_setting('app.children', true), ''), ',')::uuid[] $$;

create table organization (
  id uuid primary key,
  name text not null check (length(name) between 1 and 300),
  short_name text not null check (length(short_name) between 1 and 120),
  time_zone text not null default 'Europe/Moscow',
  is_demo boolean not null default false,
  -- Days after a lesson during which its record may still be made, with a reason (4.4, 4.5).
  entry_window_days integer not null default 7 check (entry_window_days between 0 and 366),
  window_opener_roles text[] not null default '{deputy,journal-officer}',
  family_access_days integer not null default 180 check (family_access_days between 0 and 3660),
  version integer not null default 1
);

-- The first administrator's link, printed once in the console.
create table setup_link (
  token_hash bytea primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table person (
  organization_id uuid not null references organization,
  id uuid not null,
  last_name text not null check (length(last_name) between 1 and 120),
  first_name text not null check (length(first_name) between 1 and 120),
  middle_name text check (length(middle_name) between 1 and 120),
  sex text check (sex in ('female', 'male')),
  birth_on date check (birth_on > date '1900-01-01'),
  email text check (length(email) <= 254),
  phone text check (length(phone) <= 40),
  version integer not null default 1,
  primary key (organization_id, id)
);
create index person_by_name on person (organization_id, last_name, first_name);

create table role_assignment (
  organization_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('director', 'deputy', 'system-admin', 'journal-officer', 'secretary', 'teacher',
    'homeroom-teacher', 'activity-teacher', 'carer', 'specialist', 'student', 'guardian')),
  starts_on date not null,
  ends_on date,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references person,
  check (ends_on >= starts_on),
  exclude using gist (organization_id with =, person_id with =, role with =, daterange(starts_on, ends_on, '[]') with &&)
);

create table staff_member (
  organization_id uuid not null,
  id uuid not null,
  position text not null,
  subjects text,
  room text,
  method_day integer check (method_day between 1 and 7),
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, id) references person
);

create table account (
  organization_id uuid not null references organization,
  id uuid not null,
  person_id uuid not null,
  login text not null check (login ~ '^[a-z0-9][a-z0-9._-]{2,62}$'),
  password_hash text not null,
  must_change_password boolean not null default true,
  -- A first password works once and not for long.
  first_password_until timestamptz,
  rules_accepted_at timestamptz,
  disabled_at timestamptz,
  last_sign_in_at timestamptz,
  previous_sign_in_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, person_id),
  foreign key (organization_id, person_id) references person
);
-- One sign-in page serves all organisations, so a login is unique in the installation.
create unique index account_login on account (login);

create table session (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  token_hash bytea not null unique,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  device text not null default '',
  ended_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references account
);
create index session_by_account on session (organization_id, account_id) where ended_at is null;

-- Failures are counted by login whether or not it exists, so that the count tells nothing.
create table sign_in_failure (
  login_key text primary key,
  failures integer not null,
  last_at timestamptz not null
);

create table operation (
  organization_id uuid not null references organization,
  id uuid not null,
  account_id uuid not null,
  request text not null,
  body_hash bytea not null,
  status integer,
  answer text,
  at timestamptz not null,
  primary key (organization_id, id)
);

create table history (
  organization_id uuid not null references organization,
  id bigint generated always as identity,
  kind text not null,
  record_id uuid not null,
  version integer not null,
  after jsonb not null,
  actor_id uuid,
  operation_id uuid,
  reason text,
  at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, kind, record_id, version),
  -- A change nobody made on purpose has at least a stated reason (an import, a migration).
  check (actor_id is not null or reason is not null)
);

create table audit_event (
  organization_id uuid not null references organization,
  id bigint generated always as identity,
  action text not null,
  resource text not null,
  resource_id uuid,
  actor_id uuid,
  operation_id uuid,
  detail jsonb,
  at timestamptz not null,
  primary key (organization_id, id)
);
create index audit_by_time on audit_event (organization_id, at);

create function keep_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.version <> old.version + 1 then
    raise exception 'version of % must grow by one', tg_table_name using errcode = 'integrity_constraint_violation';
  end if;
  insert into history (organization_id, kind, record_id, version, after, actor_id, operation_id, reason, at)
  values (new.organization_id, tg_table_name, new.id, new.version, to_jsonb(new) - 'organization_id' - 'id' - 'version',
    current_actor(), current_operation(), current_reason(), current_moment());
  return null;
end $$;

create function forbid_change() returns trigger language plpgsql as $$
begin
  raise exception '% is only ever added to', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger insert_only before update or delete on history for each row execute function forbid_change();
create trigger insert_only before update or delete on audit_event for each row execute function forbid_change();
