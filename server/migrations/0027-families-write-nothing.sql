-- A family's account reads about its children; what it writes is about itself. Held here as well as by the operations,
-- so that one declared too widely lets no family change a name, a setting or a substitution.
alter function secure_tables() rename to give_rights;

create function families_only_read() returns void
language plpgsql set search_path = public, pg_temp as $$
declare t text;
begin
  for t in select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and has_table_privilege('zhuravl_app', c.oid, 'insert, update')
      and c.relname not in ('account', 'session', 'known_device', 'operation', 'audit_event')
  loop
    execute format('drop policy if exists staff_add on %I', t);
    execute format('drop policy if exists staff_change on %I', t);
    execute format('create policy staff_add on %I as restrictive for insert to zhuravl_app '
      || 'with check ((select visible_children()) is null)', t);
    execute format('create policy staff_change on %I as restrictive for update to zhuravl_app '
      || 'using ((select visible_children()) is null)', t);
  end loop;
end $$;

create function secure_tables() returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  perform give_rights();
  perform families_only_read();
end $$;
select secure_tables();

revoke execute on function secure_tables() from public, zhuravl_app;
revoke execute on function give_rights() from public, zhuravl_app;
revoke execute on function families_only_read() from public, zhuravl_app;
