-- Spreadsheets may be imported before anybody has an account: the one-time link then leads into the organisation that
-- is there. It is nobody's as long as the installation has no account at all.
drop function installation_state();
create function installation_state(out organizations bigint, out demo boolean, out accounts bigint, out unclaimed uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*), coalesce(bool_or(is_demo), false), (select count(*) from account),
    case when count(*) = 1 and not exists (select from account) then (select id from organization) end
  from organization
$$;
