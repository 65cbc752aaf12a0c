-- The application logs in as zhuravl_app itself and owns nothing. Whoever runs statements of their own on its connection
-- still meets row security, may not choose whose rows they are, and writes neither history nor a line of audit in
-- another's name. Sessions of other logins (migrations, import, an administrator's psql) say who they are by settings.

-- 1. Who acts is told by open_call and a few functions like it, under a seal that holds for this transaction alone: the
-- key is where the application cannot read, and neither the process nor the moment a transaction began can be chosen.
-- Two sequences hold the key, since their owner reads them without a query: the seal is checked for each table read.
create sequence platform.context_key_1 minvalue 1;
create sequence platform.context_key_2 minvalue 1;
select setval('platform.context_key_1', 1 + (random_bits >> 1) % 9000000000000000000),
  setval('platform.context_key_2', 1 + (other_bits >> 1) % 9000000000000000000)
from (select ('x' || substr(h, 1, 16))::bit(64)::bigint & 9223372036854775807 as random_bits,
    ('x' || substr(h, 17, 16))::bit(64)::bigint & 9223372036854775807 as other_bits
  from encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex') h) k;

-- A key in front is enough: what a longer text would need after this one, no text of PostgreSQL can hold.
create function seal_of(p_told text) returns text
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp as $$
begin
  return encode(sha256(int8send(pg_sequence_last_value('platform.context_key_1'))
    || int8send(pg_sequence_last_value('platform.context_key_2')) || int4send(pg_backend_pid())
    || timestamptz_send(transaction_timestamp()) || textsend(p_told)), 'hex');
end $$;
revoke execute on function seal_of(text) from public;

-- Organisation, actor, account, operation, moment, children: the context of the rest of this transaction.
create function tell_context(p_organization uuid, p_actor uuid, p_account uuid, p_operation uuid, p_now timestamptz,
  p_children uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare told text := concat_ws('|', p_organization, coalesce(p_actor::text, ''), coalesce(p_account::text, ''),
  coalesce(p_operation::text, ''), p_now, coalesce(array_to_string(p_children, ','), ''));
begin
  perform set_config('app.context', seal_of(told) || told, true);
end $$;
revoke execute on function tell_context(uuid, uuid, uuid, uuid, timestamptz, uuid[]) from public;

-- Each part of a context whose seal is whole, and nothing of any other. The check is written out in each of them: a
-- function that calls another costs twice as much. Sessions of other logins are believed what they set.
do $do$
declare g record;
begin
  for g in select * from (values
    ('current_organization', 'uuid', $$split_part(told, '|', 1)$$, 'app.organization_id'),
    ('current_actor', 'uuid', $$nullif(split_part(told, '|', 2), '')$$, 'app.actor_id'),
    ('current_account', 'uuid', $$nullif(split_part(told, '|', 3), '')$$, 'app.account_id'),
    ('current_operation', 'uuid', $$nullif(split_part(told, '|', 4), '')$$, 'app.operation_id'),
    ('current_moment', 'timestamptz', $$split_part(told, '|', 5)$$, 'app.now'),
    -- Children a family may see; null for everybody who is not family.
    ('visible_children', 'uuid[]', $$string_to_array(nullif(split_part(told, '|', 6), ''), ',')$$, 'app.children')
  ) as t(name, type, part, setting) loop
    execute format($f$
create or replace function %1$s() returns %2$s
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp as $$
declare
  sealed text := current_setting('app.context', true);
  told text;
begin
  if session_user <> 'zhuravl_app' then
    told := nullif(current_setting(%4$L, true), '');
    return %5$s;
  end if;
  if sealed is null or sealed = '' then return %6$s; end if;
  told := substr(sealed, 65);
  if left(sealed, 64) = encode(sha256(int8send(pg_sequence_last_value('platform.context_key_1'))
    || int8send(pg_sequence_last_value('platform.context_key_2')) || int4send(pg_backend_pid())
    || timestamptz_send(transaction_timestamp()) || textsend(told)), 'hex') then return %3$s::%2$s; end if;
  return %6$s;
end $$ $f$, g.name, g.type, g.part, g.setting,
      case g.name when 'visible_children' then $$string_to_array(told, ',')::uuid[]$$
        when 'current_moment' then 'coalesce(told::timestamptz, now())' else 'told::' || g.type end,
      -- The moment the server says it is: one clock for rules, records and history, settable in tests.
      case g.name when 'current_moment' then 'now()' else 'null' end);
  end loop;
end $do$;

-- Why something changed that no person of the journal changed.
create or replace function current_reason() returns text
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp as $$
begin
  if session_user = 'zhuravl_app' then return null; end if;
  return nullif(current_setting('app.reason', true), '');
end $$;
-- A legal record is not changed without a reason; of other records it is enough to know by whose hand in the database.
create function reason_or_hand() returns text
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp as $$
begin
  return coalesce(current_reason(), case when current_actor() is null then 'console: ' || session_user end);
end $$;
revoke execute on function reason_or_hand() from public;

create or replace function open_call(p_token bytea, p_now timestamptz, p_operation uuid, p_request text, p_hash bytea, p_locks text[])
returns opened_call language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c opened_call; s record; o record; k text; shown uuid[];
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

-- The first administrator acts before there is anybody to sign in: in an installation that nobody can enter yet, by the
-- link that was taken in this very transaction.
create function enter_unclaimed(p_token bytea, p_organization uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from account)
    or not exists (select from setup_link where token_hash = p_token and used_at = p_now)
    or not exists (select from organization where id = p_organization) then
    raise exception 'the installation is not to be entered so' using errcode = 'insufficient_privilege';
  end if;
  perform tell_context(p_organization, p_person, null, null, p_now, null);
end $$;
create or replace function create_organization(p_id uuid, p_name text, p_short text, p_zone text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if session_user = 'zhuravl_app' and exists (select from account) then
    raise exception 'the installation has people already' using errcode = 'insufficient_privilege';
  end if;
  insert into organization (id, name, short_name, time_zone) values (p_id, p_name, p_short, p_zone);
end $$;

-- Whoever has just let an entry in writes it in its author's name. The context that stood before is given back, for
-- whoever goes on in their own name afterwards.
create function write_as_author(p_entry uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare author uuid; before text := current_setting('app.context', true);
begin
  select author_id into author from referred_entry where organization_id = current_organization() and id = p_entry
    and state = 'applied' and decided_by = current_actor() and applied_operation_id = current_operation();
  if not found then
    raise exception 'the entry was not let in here' using errcode = 'insufficient_privilege';
  end if;
  perform tell_context(current_organization(), author, current_account(), current_operation(), current_moment(),
    visible_children());
  return before;
end $$;

-- One's own login and password hash, which no query of the application reads.
create function own_password(out login text, out password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.login, a.password_hash from account a where a.organization_id = current_organization() and a.id = current_account()
$$;

-- 2. History is written by its owner: the application has no right to add to it.
create or replace function keep_history_of_new() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into history (organization_id, kind, record_id, version, after, actor_id, operation_id, reason, at)
  select n.organization_id, tg_table_name, n.id, n.version, to_jsonb(n) - '{organization_id,id,version}'::text[],
    current_actor(), current_operation(), current_reason(), current_moment()
  from new_rows n;
  return null;
end $$;

create or replace function keep_history_of_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
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

-- Of records that many hands and programs change the version grows by itself. A hash, a secret, a token or a password
-- of theirs is not kept, only that it changed. The arguments of grow_version are columns that change
-- without making another record of it.
create function grow_version() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.version = old.version then
    if to_jsonb(new) - coalesce(tg_argv, '{}') <> to_jsonb(old) - coalesce(tg_argv, '{}') then
      new.version := old.version + 1;
    end if;
  elsif new.version <> old.version + 1 then
    perform refuse_version(tg_table_name);
  end if;
  return new;
end $$;

create function keep_history_of_first() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into history (organization_id, kind, record_id, version, after, actor_id, operation_id, reason, at)
  select n.organization_id, tg_table_name, n.id, n.version,
    to_jsonb(n) - '{organization_id,id,version}'::text[] - coalesce(tg_argv, '{}'),
    current_actor(), current_operation(), reason_or_hand(), current_moment()
  from new_rows n;
  return null;
end $$;

create function keep_history_of_grown() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into history (organization_id, kind, record_id, version, after, actor_id, operation_id, reason, at)
  select n.organization_id, tg_table_name, n.id, n.version,
    to_jsonb(n) - '{organization_id,id,version}'::text[] - coalesce(tg_argv, '{}') || coalesce((
      select jsonb_object_agg(s || '_changed', true) from unnest(tg_argv) s
      where to_jsonb(n)->s is distinct from to_jsonb(o)->s), '{}'),
    current_actor(), current_operation(), reason_or_hand(), current_moment()
  from new_rows n
  left join old_rows o on o.organization_id = n.organization_id and o.id = n.id
  where n.version is distinct from o.version;
  return null;
end $$;

-- The organisation is its own key: settings are its columns.
create function keep_history_of_organization() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.version = old.version then return null; end if;
  insert into history (organization_id, kind, record_id, version, after, actor_id, operation_id, reason, at)
  values (new.id, tg_table_name, new.id, new.version, to_jsonb(new) - '{id,version}'::text[],
    current_actor(), current_operation(), reason_or_hand(), current_moment());
  return null;
end $$;
create trigger keep_history after insert or update on organization
  for each row execute function keep_history_of_organization();
create trigger grow_version before update on organization for each row execute function grow_version();

-- 3. Row security and grants for every table, and the same care for every function; run again at the end of each
-- migration that adds one. A table whose records have versions keeps history. A column whose name says that it holds a
-- hash, a secret, a token or a password is read by functions only. A function that nobody was said to be let into is
-- the application's, never everybody's: `revoke execute … from public` before this call keeps one for functions alone.
create function secret_columns(p_table oid) returns text[]
language sql stable set search_path = public, pg_temp as $$
  select coalesce(array_agg(a.attname::text order by a.attnum), '{}') from pg_attribute a
  where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped
    and a.atttypid in ('text'::regtype, 'bytea'::regtype, 'jsonb'::regtype, 'text[]'::regtype)
    and a.attname ~ '(^|_)(hash|hashes|secret|secrets|token|tokens|password)(_|$)'
$$;

create function keep_history_in(p_table regclass) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  secrets text := (select coalesce(string_agg(quote_literal(s), ', '), '') from unnest(secret_columns(p_table)) s);
  -- What is generated has no value yet when a version grows.
  unkept text := (select coalesce(string_agg(quote_literal(attname), ', '), '') from pg_attribute
    where attrelid = p_table and attnum > 0 and not attisdropped and (attgenerated <> ''
      or p_table = 'account'::regclass and attname in ('last_sign_in_at', 'previous_sign_in_at')));
begin
  execute format('create or replace trigger keep_history after insert on %s referencing new table as new_rows '
    || 'for each statement execute function keep_history_of_first(%s)', p_table, secrets);
  execute format('create or replace trigger keep_history_of_change after update on %s '
    || 'referencing old table as old_rows new table as new_rows '
    || 'for each statement execute function keep_history_of_grown(%s)', p_table, secrets);
  execute format('create or replace trigger grow_version before update on %s for each row execute function grow_version(%s)',
    p_table, unkept);
end $$;

create or replace function secure_tables() returns void
language plpgsql set search_path = public, pg_temp as $$
declare t record; f record; readable text;
begin
  for t in select c.oid, c.relname as name, has.organization, has.id and has.version and has.organization as versioned,
      exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'keep_history') as kept,
      exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'grow_version') as grows
    from pg_class c
    cross join lateral (select bool_or(attname = 'organization_id') as organization, bool_or(attname = 'id' and atttypid = 'uuid'::regtype) as id,
      bool_or(attname = 'version') as version from pg_attribute where attrelid = c.oid and not attisdropped) has
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  loop
    execute format('alter table %I enable row level security, force row level security', t.name);
    execute format('drop policy if exists own_organization on %I', t.name);
    -- Functions that work for the application and the commands of the console work as the owner, who is bound by row
    -- security too: let in by name, instead of by passing it by.
    execute format('drop policy if exists of_the_owner on %I', t.name);
    execute format('create policy of_the_owner on %I to %I using (true) with check (true)', t.name, current_user);
    execute format('revoke all on %I from zhuravl_app', t.name);
    if t.versioned and (t.grows or not t.kept) then perform keep_history_in(t.oid); end if;
    -- Not the organisation's: setup_link, sign_in_failure, the list of migrations. Functions only, no grant.
    continue when not t.organization and t.name <> 'organization';
    execute format('create policy own_organization on %I using (%s = (select current_organization()))', t.name,
      case when t.name = 'organization' then 'id' else 'organization_id' end);
    -- A grant by column does not reach columns that are added later, so only tables with secrets have one.
    select string_agg(quote_ident(attname), ', ') into readable from pg_attribute
    where attrelid = t.oid and attnum > 0 and not attisdropped and secret_columns(t.oid) <> '{}'
      and attname <> all (secret_columns(t.oid));
    execute format('grant select %s, insert on %I to zhuravl_app', '(' || readable || ')', t.name);
    if t.name not in ('history', 'audit_event', 'operation', 'import_run') then
      execute format('grant update on %I to zhuravl_app', t.name);
    end if;
  end loop;
  revoke insert on organization, history, session, known_device from zhuravl_app;
  revoke update on known_device from zhuravl_app;

  for f in select p.oid::regprocedure as name, p.prorettype = 'trigger'::regtype as is_trigger, p.proacl is null as untold,
      coalesce(p.proconfig::text, '') like '%search_path=%' as fixed
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    if not f.fixed then execute format('alter routine %s set search_path = public, pg_temp', f.name); end if;
    continue when not f.untold;
    execute format('revoke execute on routine %s from public', f.name);
    if not f.is_trigger then execute format('grant execute on routine %s to zhuravl_app', f.name); end if;
  end loop;
end $$;
revoke execute on function secure_tables() from public;
revoke execute on function secret_columns(oid) from public;
revoke execute on function keep_history_in(regclass) from public;
revoke create on schema public from public;

-- What stands already is the first that history knows of it, unless it was told of before: 0018 has, of the codes.
do $$
declare
  t record;
  unkept oid[] := array(select c.oid from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'keep_history'));
begin
  perform secure_tables();
  for t in select tgrelid::regclass as name from pg_trigger where tgrelid = any (unkept) and tgname = 'keep_history' loop
    execute format('insert into history (organization_id, kind, record_id, version, after, reason, at)
      select organization_id, %L, id, version, to_jsonb(r) - %L::text[], %L, now() from %s r
      where not exists (select from history h where h.organization_id = r.organization_id and h.kind = %L
        and h.record_id = r.id and h.version = r.version)', t.name,
      '{organization_id,id,version}'::text[] || secret_columns(t.name), 'migration', t.name, t.name);
  end loop;
  insert into history (organization_id, kind, record_id, version, after, reason, at)
  select id, 'organization', id, version, to_jsonb(o) - '{id,version}'::text[], 'migration', now() from organization o;
end $$;

-- 4. What the application writes of itself it writes in the name it acts in.
create policy in_own_name on audit_event as restrictive for insert to zhuravl_app with check (
  actor_id is not distinct from (select current_actor()) and operation_id is not distinct from (select current_operation())
  and at = (select current_moment()));
create policy in_own_name on operation as restrictive for insert to zhuravl_app with check (
  id = (select current_operation()) and account_id = (select current_account()));

-- 5. A family's bare read finds other children nowhere: neither their names, nor what stands beside them. Asked once a
-- table and statement: an array that is null compares to null.
do $$
declare t text;
begin
  foreach t in array array['mark', 'attendance', 'stay', 'group_member', 'procedure', 'incoming_mark', 'guardian_link'] loop
    execute format('alter policy own_children on %I using '
      || '(coalesce(student_id = any ((select visible_children())::uuid[]), true))', t);
  end loop;
end $$;
alter policy own_children on student using (coalesce(id = any ((select visible_children())::uuid[]), true));
create policy own_roles on role_assignment as restrictive using (
  (select visible_children()) is null or role not in ('student', 'guardian')
  or person_id = any ((select visible_children())::uuid[]));
-- Staff are named in every diary; other children and other families are not.
create policy known_people on person as restrictive using (
  (select visible_children()) is null or id = any ((select visible_children())::uuid[])
  or exists (select from role_assignment r where r.organization_id = person.organization_id and r.person_id = person.id
    and r.role not in ('student', 'guardian')));
create policy own_account on session as restrictive using
  ((select visible_children()) is null or account_id = (select current_account()));
create policy own_account on known_device as restrictive using
  ((select visible_children()) is null or account_id = (select current_account()));
create policy own_account on operation as restrictive using
  ((select visible_children()) is null or account_id = (select current_account()));
create policy not_family on import_key as restrictive using ((select visible_children()) is null);
create policy not_family on import_run as restrictive using ((select visible_children()) is null);
create policy not_family on entry_window as restrictive using ((select visible_children()) is null);
