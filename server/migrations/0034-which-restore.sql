-- Browsers hold entries and versions that a restore has taken back. By the newest restore they know whether the journal
-- that answers is the one they have read.
create index audit_of_restores on audit_event (id) where action = 'backup.restore';
create function last_restore(out id uuid, out until timestamptz, out at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select (e.detail ->> 'id')::uuid, (e.detail ->> 'until')::timestamptz, e.at
  from audit_event e where e.action = 'backup.restore' and e.detail ? 'id' order by e.id desc limit 1
$$;

select secure_tables();
