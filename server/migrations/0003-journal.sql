create table work_type (
  organization_id uuid not null references organization,
  id uuid not null,
  name text not null,
  short text not null,
  weight numeric(4, 2) not null check (weight >= 0 and weight <= 10),
  position integer not null,
  version integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, name)
);

create table attendance_code (
  organization_id uuid not null references organization,
  id uuid not null,
  code text not null check (length(code) between 1 and 4),
  name text not null,
  -- Was the child away from the lesson; does that count as a miss (a procedure does not).
  absent boolean not null,
  counted boolean not null,
  position integer not null,
  version integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, code),
  check (absent or not counted)
);

create table lesson (
  organization_id uuid not null,
  id uuid not null,
  journal_id uuid not null,
  held_on date not null,
  period integer check (period between 0 and 12),
  starts_at time not null,
  ends_at time not null,
  room text,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, journal_id) references teaching_assignment,
  unique (organization_id, journal_id, held_on, starts_at),
  check (ends_at > starts_at)
);
create index lesson_by_day on lesson (organization_id, held_on);

create table substitution (
  organization_id uuid not null,
  id uuid not null,
  lesson_id uuid not null,
  substitute_id uuid,
  reason text,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, lesson_id) references lesson,
  foreign key (organization_id, substitute_id) references person,
  unique (organization_id, lesson_id)
);
create index substitution_by_person on substitution (organization_id, substitute_id);

create table lesson_record (
  organization_id uuid not null,
  id uuid not null,
  lesson_id uuid not null,
  topic text check (length(topic) between 1 and 500),
  plan_item_id uuid,
  comment text check (length(comment) <= 1000),
  taught_by uuid not null,
  entered_on date not null,
  entered_at timestamptz not null,
  late boolean not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, lesson_id) references lesson,
  foreign key (organization_id, plan_item_id) references lesson_plan_item,
  foreign key (organization_id, taught_by) references person,
  unique (organization_id, lesson_id)
);

create table homework (
  organization_id uuid not null,
  id uuid not null,
  lesson_id uuid not null,
  text text check (length(text) between 1 and 2000),
  minutes integer check (minutes between 0 and 600),
  entered_on date not null,
  entered_at timestamptz not null,
  late boolean not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, lesson_id) references lesson,
  unique (organization_id, lesson_id)
);

-- Why entries of a past lesson were made late (4.4, 4.5): asked once a lesson, counted for teacher and class.
create table late_entry (
  organization_id uuid not null,
  id uuid not null,
  lesson_id uuid not null,
  reason text not null check (length(reason) between 3 and 300),
  entered_on date not null,
  actor_id uuid not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, lesson_id) references lesson,
  unique (organization_id, lesson_id)
);

create table entry_window (
  organization_id uuid not null,
  id uuid not null,
  journal_id uuid,
  teacher_id uuid,
  starts_on date not null,
  ends_on date not null,
  open_until date not null,
  reason text not null check (length(reason) between 3 and 300),
  opened_by uuid not null,
  closed boolean not null default false,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, journal_id) references teaching_assignment,
  foreign key (organization_id, teacher_id) references person,
  foreign key (organization_id, opened_by) references person,
  check (ends_on >= starts_on),
  check (journal_id is not null or teacher_id is not null)
);

create table lesson_work (
  organization_id uuid not null,
  id uuid not null,
  lesson_id uuid not null,
  work_type_id uuid not null,
  title text not null default '' check (length(title) <= 200),
  weight numeric(4, 2) not null check (weight >= 0 and weight <= 10),
  position integer not null,
  removed boolean not null default false,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, lesson_id) references lesson,
  foreign key (organization_id, work_type_id) references work_type,
  unique (organization_id, id, lesson_id)
);
create index lesson_work_by_lesson on lesson_work (organization_id, lesson_id);

create table mark (
  organization_id uuid not null,
  id uuid not null,
  lesson_id uuid not null,
  work_id uuid not null,
  student_id uuid not null,
  -- Null is a mark taken back: the record and its versions stay.
  value text check (value in ('2', '3', '4', '5', 'pass', 'fail')),
  comment text check (length(comment) between 1 and 500),
  entered_on date not null,
  entered_at timestamptz not null,
  late boolean not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, work_id, lesson_id) references lesson_work (organization_id, id, lesson_id),
  foreign key (organization_id, student_id) references student,
  unique (organization_id, work_id, student_id)
);
create index mark_by_lesson on mark (organization_id, lesson_id);
create index mark_by_student on mark (organization_id, student_id);

create table attendance (
  organization_id uuid not null,
  id uuid not null,
  lesson_id uuid not null,
  student_id uuid not null,
  -- Null is «был на уроке», said on purpose; no row at all is «не отмечено».
  code text,
  note text check (length(note) between 1 and 300),
  entered_on date not null,
  entered_at timestamptz not null,
  late boolean not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, lesson_id) references lesson,
  foreign key (organization_id, student_id) references student,
  foreign key (organization_id, code) references attendance_code (organization_id, code),
  unique (organization_id, lesson_id, student_id)
);
create index attendance_by_student on attendance (organization_id, student_id);

-- Every lesson of a journal with marks has a column for ordinary answers; its id is the lesson's own.
create function add_first_work() returns trigger language plpgsql as $$
begin
  insert into lesson_work (organization_id, id, lesson_id, work_type_id, weight, position)
  select new.organization_id, new.id, new.id, t.id, t.weight, 0
  from teaching_assignment j
  join lateral (select id, weight from work_type where organization_id = new.organization_id
    order by position limit 1) t on true
  where j.organization_id = new.organization_id and j.id = new.journal_id and j.kind = 'lessons' and not j.gradeless;
  return null;
end $$;
create trigger first_work after insert on lesson for each row execute function add_first_work();

-- The database repeats what it can enforce: no mark and no attendance outside the child's days in the group.
create function require_membership() returns trigger language plpgsql as $$
begin
  if not exists (
    select from lesson l
    join teaching_assignment j on j.organization_id = l.organization_id and j.id = l.journal_id
    join group_member m on m.organization_id = l.organization_id and m.group_id = j.group_id
      and m.student_id = new.student_id and m.starts_on <= l.held_on and coalesce(m.ends_on, 'infinity') >= l.held_on
    where l.organization_id = new.organization_id and l.id = new.lesson_id
  ) then
    raise exception 'student is not in the group on that day' using errcode = 'check_violation',
      constraint = 'member_on_the_day';
  end if;
  return new;
end $$;
create trigger member_on_the_day before insert on mark for each row execute function require_membership();
create trigger member_on_the_day before insert on attendance for each row execute function require_membership();

do $$
declare t text;
begin
  foreach t in array array['lesson_record', 'mark', 'attendance', 'homework', 'substitution', 'lesson_work',
    'late_entry', 'entry_window', 'group_member', 'curriculum_line', 'teaching_assignment', 'stay',
    'role_assignment'] loop
    execute format('create trigger keep_history after insert or update on %I for each row execute function keep_history()', t);
  end loop;
end $$;
