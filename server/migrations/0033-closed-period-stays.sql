-- A closed study period is opened by a reopening with an end and by nothing else: neither by forgetting that it was
-- closed, nor by a table that moves its days or its classes away from under what was closed.
create function keep_period_closed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.closed_at is null then return new; end if;
  if new.closed_at is null or (new.starts_on, new.ends_on, new.grade_from, new.grade_to)
      is distinct from (old.starts_on, old.ends_on, old.grade_from, old.grade_to)
    and coalesce(old.open_until < (select (current_moment() at time zone time_zone)::date from organization
      where id = old.organization_id), true) then
    raise exception 'the study period is closed' using errcode = 'check_violation', constraint = 'period_open';
  end if;
  if new.open_until is not null and new.reason is null then
    raise exception 'a closed study period is opened with a reason' using errcode = 'check_violation',
      constraint = 'opened_again_with_a_reason';
  end if;
  return new;
end $$;
create trigger keep_period_closed before update on grading_period
  for each row execute function keep_period_closed();

select secure_tables();
