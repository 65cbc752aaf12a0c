-- Whoever has lost phone and codes is let in again when a second person confirms it, whatever the role.
alter table approval drop constraint approval_kind_check, add constraint approval_kind_check
  check (kind in ('roles', 'account', 'first-password', 'open-account', 'close-account', 'second-factor'));

-- False when there was none. The application may only at the moment of such a confirmation; the console is trusted.
create function reset_second_factor(p_account uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if session_user = 'zhuravl_app' and not exists (select from account a
      join approval q on q.organization_id = a.organization_id and q.person_id = a.person_id
      where a.organization_id = current_organization() and a.id = p_account and q.kind = 'second-factor'
        and q.state = 'confirmed' and q.decided_at = current_moment()) then
    raise exception 'a second factor is reset by two people' using errcode = 'insufficient_privilege';
  end if;
  delete from recovery_code where organization_id = current_organization() and account_id = p_account;
  delete from half_session where organization_id = current_organization() and account_id = p_account;
  delete from second_factor where organization_id = current_organization() and account_id = p_account;
  return found;
end $$;

select secure_tables();
