-- History is written once a statement instead of once a row: attendance of a class is 25 rows of one statement.
create function keep_history_of_new() returns trigger language plpgsql as $$
begin
  insert into history (organization_id, kind, record_id, version, after, actor_id, operation_id, reason, at)
  select n.organization_id, tg_table_name, n.id, n.version, to_jsonb(n) - '{organization_id,id,version}'::text[],
    current_actor(), current_operation(), current_reason(), current_moment()
  from new_rows n;
  return null;
end $$;

create function keep_history_of_changed() returns trigger language plpgsql as $$
begin
  -- A record that kept its version, jumped, or changed its key has no partner here.
  if exists (select from new_rows n
    left join old_rows o on o.organization_id = n.organization_id and o.id = n.id and n.version = o.version + 1
    where o.id is null) then
    raise exception 'version of % must grow by one', tg_table_name using errcode = 'integrity_constraint_violation';
  end if;
  insert into history (organization_id, kind, record_id, version, after, actor_id, operation_id, reason, at)
  select n.organization_id, tg_table_name, n.id, n.version, to_jsonb(n) - '{organization_id,id,version}'::text[],
    current_actor(), current_operation(), current_reason(), current_moment()
  from new_rows n;
  return null;
end $$;

do $$
declare t text;
begin
  for t in select tgrelid::regclass::text from pg_trigger where tgname = 'keep_history' loop
    execute format('drop trigger keep_history on %s', t);
    execute format('create trigger keep_history after insert on %s referencing new table as new_rows '
      || 'for each statement execute function keep_history_of_new()', t);
    execute format('create trigger keep_history_of_change after update on %s '
      || 'referencing old table as old_rows new table as new_rows '
      || 'for each statement execute function keep_history_of_changed()', t);
  end loop;
end $$;
drop function keep_history();

-- The same for membership. As a row trigger before insert it also ran for every row that only changed a record.
create function require_members() returns trigger language plpgsql as $$
begin
  if exists (
    select from new_rows n
    join lesson l on l.organization_id = n.organization_id and l.id = n.lesson_id
    join teaching_assignment j on j.organization_id = l.organization_id and j.id = l.journal_id
    where not exists (select from group_member m
      where m.organization_id = l.organization_id and m.group_id = j.group_id and m.student_id = n.student_id
        and m.starts_on <= l.held_on and coalesce(m.ends_on, 'infinity') >= l.held_on)
  ) then
    raise exception 'student is not in the group on that day' using errcode = 'check_violation',
      constraint = 'member_on_the_day';
  end if;
  return null;
end $$;
drop trigger member_on_the_day on mark;
drop trigger member_on_the_day on attendance;
drop function require_membership();
create trigger member_on_the_day after insert on mark referencing new table as new_rows
  for each statement execute function require_members();
create trigger member_on_the_day after insert on attendance referencing new table as new_rows
  for each statement execute function require_members();
-- Records are corrected in place: room on the page keeps a correction away from the indexes.
alter table mark set (fillfactor = 85);
alter table attendance set (fillfactor = 85);
alter table session set (fillfactor = 70);
