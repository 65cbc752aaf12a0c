-- A name of the spreadsheets that the centre knows under another one: «Инглиш» is the subject «Иностранный язык
-- (английский)». Told once, it is known to every later import. Classes are other ones in each intake: by their key.
create table import_name (
  organization_id uuid not null references organization,
  id uuid not null,
  kind text not null check (kind in ('subject', 'staff', 'class')),
  said text not null,
  subject_id uuid,
  person_id uuid,
  class_key text,
  version integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, kind, said),
  foreign key (organization_id, subject_id) references subject,
  foreign key (organization_id, person_id) references person,
  constraint means_one_of_its_kind check (num_nonnulls(subject_id, person_id, class_key) = 1
    and (kind = 'subject') = (subject_id is not null) and (kind = 'staff') = (person_id is not null))
);
select secure_tables();
create policy not_family on import_name as restrictive using ((select visible_children()) is null);
