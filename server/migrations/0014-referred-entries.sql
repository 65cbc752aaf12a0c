-- An entry that arrived for a closed lesson: neither applied nor dropped, but kept for whoever may open windows (4.5).
create table referred_entry (
  organization_id uuid not null,
  id uuid not null,
  author_id uuid not null,
  journal_id uuid not null,
  -- The lesson it is about; of several in one operation the first.
  lesson_id uuid not null,
  kind text not null check (kind in ('cells', 'attendance', 'record', 'homework')),
  -- What was sent, as it was sent.
  body jsonb not null,
  operation_id uuid not null,
  referred_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'applied', 'declined', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  reason text check (length(reason) between 3 and 300),
  -- The operation that wrote it into the journal: history of those records carries the same id.
  applied_operation_id uuid,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, author_id) references person,
  foreign key (organization_id, decided_by) references person,
  foreign key (organization_id, journal_id) references teaching_assignment,
  foreign key (organization_id, lesson_id) references lesson,
  unique (organization_id, operation_id),
  constraint decided_once check ((state = 'waiting') = (decided_at is null)),
  constraint applied_by_an_operation check ((state = 'applied') = (applied_operation_id is not null))
);
create index referred_entry_by_state on referred_entry (organization_id, state, referred_at);
create index referred_entry_by_author on referred_entry (organization_id, author_id, state);
create index referred_entry_by_application on referred_entry (organization_id, applied_operation_id)
  where applied_operation_id is not null;
create trigger keep_history after insert on referred_entry referencing new table as new_rows
  for each statement execute function keep_history_of_new();
create trigger keep_history_of_change after update on referred_entry
  referencing old table as old_rows new table as new_rows
  for each statement execute function keep_history_of_changed();

select secure_tables();
-- What is not decided yet is nothing a family reads.
create policy not_family on referred_entry as restrictive using ((select visible_children()) is null);
