-- What was taken back from a copy of the past: history of those records carries the same operation.
create table taken_back (
  organization_id uuid not null,
  id uuid not null,
  lesson_id uuid not null,
  operation_id uuid not null,
  -- The journal as it was then.
  moment timestamptz not null,
  reason text not null check (length(reason) between 3 and 300),
  actor_id uuid not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, lesson_id) references lesson,
  foreign key (organization_id, actor_id) references person
);
create index taken_back_by_operation on taken_back (organization_id, operation_id);
create index taken_back_by_lesson on taken_back (organization_id, lesson_id);

-- Said once.
create trigger never_changed before update on taken_back for each statement execute function never_changed();

select secure_tables();
create policy not_family on taken_back as restrictive using ((select visible_children()) is null);
create policy by_own_hand on taken_back as restrictive for insert to zhuravl_app
  with check (actor_id = (select current_actor()) and operation_id = (select current_operation()));
