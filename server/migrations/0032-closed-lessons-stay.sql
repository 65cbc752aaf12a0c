-- A corrected calendar takes empty lessons away, but none of a closed study period.
create function refuse_removing_closed_lesson() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if in_closed_period(old.organization_id, old.journal_id, old.held_on) then
    raise exception 'the study period of the lesson is closed' using errcode = 'check_violation',
      constraint = 'period_open';
  end if;
  return null;
end $$;
create trigger period_open_at_removal after delete on lesson
  for each row execute function refuse_removing_closed_lesson();

select secure_tables();
