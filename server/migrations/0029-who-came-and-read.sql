-- Who came and who read: beside the audit of what was done, since it is kept for another term and holds many more lines.
-- Written through functions alone and never changed.
create table usage_event (
  organization_id uuid not null references organization,
  id bigint generated always as identity,
  at timestamptz not null,
  kind text not null check (kind in ('sign-in', 'sign-in-failed', 'unknown-login', 'sign-out', 'password-failed',
    'code-failed', 'refused', 'read', 'printed', 'exported', 'bulk-read')),
  -- Nobody yet, while a sign-in has not succeeded.
  person_id uuid,
  session_id uuid,
  -- What was opened: a journal, a lesson, a diary, a cell; or the operation that was refused.
  resource text not null default '',
  subject_id uuid,
  -- Whose data was on the page, and whether opening it is the reader's own work: own journal, own class, own child.
  children uuid[] not null default '{}',
  own boolean not null default true,
  -- Shortened before it comes here.
  address text not null default '',
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references person
);
create index usage_event_by_time on usage_event (organization_id, at);
create index usage_event_by_person on usage_event (organization_id, person_id, at);
create index usage_event_by_child on usage_event using gin (children);

-- Somebody opened the data of more children one by one than any work needs: it stays until it is looked at.
create table bulk_read (
  organization_id uuid not null references organization,
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  children integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  seen_by uuid,
  seen_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references person,
  foreign key (organization_id, seen_by) references person (organization_id, id),
  check ((seen_by is null) = (seen_at is null))
);
create index bulk_read_by_person on bulk_read (organization_id, person_id, last_at);

-- One line of a signed-in actor; travels with the commit of what was read, which need not wait for the disk for its sake.
-- Counted for the person and not the session, and here and not in a process, so that neither hides the number.
create function note_usage(p_kind text, p_session uuid, p_resource text, p_subject uuid, p_children uuid[], p_own boolean)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_org uuid := current_organization(); v_who uuid := current_actor(); v_now timestamptz := current_moment(); v_count integer;
  v_first timestamptz;
begin
  if p_kind not in ('read', 'printed', 'exported', 'refused') or v_who is null then
    raise exception 'nobody uses anything here' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from session where organization_id = v_org and id = p_session and account_id = current_account()) then
    p_session := null;
  end if;
  if p_kind = 'read' then perform set_config('synchronous_commit', 'off', true); end if;
  if p_kind = 'refused' and exists (select from usage_event where organization_id = v_org and person_id = v_who
    and at > v_now - interval '10 minutes' and kind = 'refused' and resource = p_resource) then return; end if;
  insert into usage_event (organization_id, at, kind, person_id, session_id, resource, subject_id, children, own)
  values (v_org, v_now, p_kind, v_who, p_session, p_resource, p_subject, p_children, p_own);
  if p_kind <> 'read' or p_own then return; end if;

  perform pg_advisory_xact_lock(hashtextextended(v_org::text || 'bulk-read:' || v_who, 0));
  select count(distinct child), min(e.at) into v_count, v_first from usage_event e cross join unnest(e.children) child
  where e.organization_id = v_org and e.person_id = v_who and e.kind = 'read' and not e.own
    and e.at > v_now - interval '10 minutes';
  if v_count <= 100 then return; end if;
  -- Those who go on are told of once: a burst ends with ten quiet minutes.
  update bulk_read set children = greatest(children, v_count), last_at = v_now
  where organization_id = v_org and person_id = v_who and last_at > v_now - interval '10 minutes';
  if found then return; end if;
  insert into bulk_read (organization_id, person_id, children, first_at, last_at)
  values (v_org, v_who, v_count, v_first, v_now);
  insert into usage_event (organization_id, at, kind, person_id, session_id, own)
  values (v_org, v_now, 'bulk-read', v_who, p_session, false);
  perform pg_notify('alerts', json_build_object('organizationId', v_org)::text);
end $$;

-- Whoever starts a session came, and whoever ends one left: no line of it without the session itself. The network,
-- shortened, is told by the call.
create function note_session() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into usage_event (organization_id, at, kind, person_id, session_id, address)
  select new.organization_id, coalesce(new.ended_at, new.started_at), case when new.ended_at is null then 'sign-in' else 'sign-out' end,
    a.person_id, new.id, coalesce(current_setting('app.network', true), '')
  from account a where a.organization_id = new.organization_id and a.id = new.account_id;
  return null;
end $$;
create trigger note_session after insert on session for each row
  when (session_user = 'zhuravl_app') execute function note_session();
create trigger note_session_end after update of ended_at on session for each row
  when (session_user = 'zhuravl_app' and old.ended_at is null and new.ended_at is not null) execute function note_session();

-- An attempt that failed, of an account or of a login. Logins nobody has are told as a number of attempts from a network,
-- and only while one school is served: whose they are cannot be known. Nothing but failures can be told so.
create function note_failure(p_kind text, p_account uuid, p_login text, p_network text, p_now timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare a record;
begin
  if p_kind not in ('sign-in-failed', 'code-failed', 'password-failed') then
    raise exception 'not a failure' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('synchronous_commit', 'off', true);
  select organization_id, person_id into a from account where id = p_account or login = p_login limit 1;
  if found then
    insert into usage_event (organization_id, at, kind, person_id, address)
    values (a.organization_id, p_now, p_kind, a.person_id, p_network);
    return;
  end if;
  insert into usage_event (organization_id, at, kind, address)
  select o.id, p_now, 'unknown-login', p_network from organization o
  where (select count(*) from organization) = 1 and not exists (select from usage_event e
    where e.organization_id = o.id and e.kind = 'unknown-login' and e.address = p_network
      and e.at > p_now - interval '15 minutes');
end $$;

-- The application says of a burst only that whoever acts has looked at it.
create function only_seen() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'zhuravl_app' and (new.seen_by is distinct from current_actor() or old.seen_at is not null
    or (new.organization_id, new.id, new.person_id, new.children, new.first_at, new.last_at, new.seen_at)
      is distinct from (old.organization_id, old.id, old.person_id, old.children, old.first_at, old.last_at, current_moment())) then
    raise exception 'of a burst nothing changes but that it was looked at' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger only_seen before update on bulk_read for each row execute function only_seen();

-- Refused as a right would be, which each run of secure_tables() gives anew.
create function never_changed() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'nothing changes of what is noted' using errcode = 'insufficient_privilege';
end $$;
create trigger never_changed before update on usage_event for each statement execute function never_changed();

select secure_tables();

-- Whatever is granted later: written through functions alone, and nothing of it is a family's.
create policy only_by_functions on usage_event as restrictive for insert to zhuravl_app with check (false);
create policy only_by_functions_changed on usage_event as restrictive for update to zhuravl_app using (false);
create policy only_by_functions on bulk_read as restrictive for insert to zhuravl_app with check (false);
create policy not_family on usage_event as restrictive to zhuravl_app using ((select visible_children()) is null);
create policy not_family on bulk_read as restrictive to zhuravl_app using ((select visible_children()) is null);
