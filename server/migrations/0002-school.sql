create table intake (
  organization_id uuid not null references organization,
  id uuid not null,
  number integer not null check (number > 0),
  name text not null,
  school_year text not null,
  starts_on date not null,
  ends_on date not null,
  version integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, school_year, number),
  check (ends_on >= starts_on)
);

create table calendar_event (
  organization_id uuid not null references organization,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('holiday', 'vacation', 'other')),
  starts_on date not null,
  ends_on date not null,
  version integer not null default 1,
  primary key (organization_id, id),
  check (ends_on >= starts_on)
);

create table grading_period (
  organization_id uuid not null references organization,
  id uuid not null,
  name text not null,
  grade_from integer not null,
  grade_to integer not null,
  starts_on date not null,
  ends_on date not null,
  marking text,
  closed_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id),
  check (ends_on >= starts_on),
  check (grade_to >= grade_from)
);

create table bell (
  organization_id uuid not null,
  id uuid not null,
  intake_id uuid not null,
  grade_from integer not null,
  grade_to integer not null,
  period integer not null check (period between 0 and 12),
  starts_at time not null,
  ends_at time not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, intake_id) references intake,
  unique (organization_id, intake_id, grade_from, grade_to, period),
  check (ends_at > starts_at)
);

create table home_school (
  organization_id uuid not null references organization,
  id uuid not null,
  name text not null,
  version integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, name)
);

create table student (
  organization_id uuid not null,
  id uuid not null,
  program text not null,
  adapted boolean not null default false,
  home_school_id uuid,
  home_class text,
  note text,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, id) references person,
  foreign key (organization_id, home_school_id) references home_school
);

create table stay (
  organization_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  intake_id uuid not null,
  kind text not null check (kind in ('permanent', 'temporary')),
  starts_on date not null,
  ends_on date not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, student_id) references student,
  foreign key (organization_id, intake_id) references intake,
  unique (organization_id, student_id, intake_id),
  check (ends_on >= starts_on)
);

create table guardian_link (
  organization_id uuid not null,
  id uuid not null,
  guardian_id uuid not null,
  student_id uuid not null,
  kinship text not null,
  starts_on date not null,
  ends_on date,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, guardian_id) references person,
  foreign key (organization_id, student_id) references student,
  unique (organization_id, guardian_id, student_id),
  check (ends_on >= starts_on)
);
create index guardian_link_by_student on guardian_link (organization_id, student_id);

create table study_group (
  organization_id uuid not null,
  id uuid not null,
  intake_id uuid not null,
  kind text not null check (kind in ('class', 'subgroup', 'activity', 'corrective')),
  name text not null,
  grade_from integer check (grade_from between 1 and 12),
  grade_to integer check (grade_to between 1 and 12),
  parent_id uuid,
  homeroom_teacher_id uuid,
  version integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, id, kind),
  unique (organization_id, intake_id, kind, name),
  foreign key (organization_id, intake_id) references intake,
  foreign key (organization_id, parent_id) references study_group,
  foreign key (organization_id, homeroom_teacher_id) references person,
  check ((kind = 'subgroup') = (parent_id is not null)),
  check (grade_to >= grade_from)
);

create table group_member (
  organization_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  group_kind text not null,
  student_id uuid not null,
  starts_on date not null,
  ends_on date,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, group_id, group_kind) references study_group (organization_id, id, kind),
  foreign key (organization_id, student_id) references student,
  check (ends_on >= starts_on),
  exclude using gist (organization_id with =, group_id with =, student_id with =,
    daterange(starts_on, ends_on, '[]') with &&),
  -- A child sits in one class at a time.
  exclude using gist (organization_id with =, student_id with =, daterange(starts_on, ends_on, '[]') with &&)
    where (group_kind = 'class')
);
create index group_member_by_student on group_member (organization_id, student_id);

create table subject (
  organization_id uuid not null references organization,
  id uuid not null,
  name text not null,
  version integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, name)
);

create table curriculum_line (
  organization_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  subject_id uuid not null,
  part text not null check (part in ('mandatory', 'formed', 'extracurricular', 'corrective')),
  weekly_hours numeric(5, 2) not null check (weekly_hours > 0),
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, group_id) references study_group,
  foreign key (organization_id, subject_id) references subject,
  unique (organization_id, group_id, subject_id, part)
);

create table lesson_plan (
  organization_id uuid not null,
  id uuid not null,
  intake_id uuid not null,
  subject_id uuid not null,
  title text not null,
  textbook text,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, intake_id) references intake,
  foreign key (organization_id, subject_id) references subject
);

create table lesson_plan_item (
  organization_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  position integer not null check (position > 0),
  section text,
  topic text not null,
  hours integer not null default 1 check (hours > 0),
  work_form text,
  homework text,
  homework_minutes integer check (homework_minutes between 0 and 600),
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, plan_id) references lesson_plan,
  unique (organization_id, plan_id, position)
);

-- Who teaches what to whom in an intake (4.2); one class journal is kept for each row, so «journal» in paths
-- and columns means this row.
create table teaching_assignment (
  organization_id uuid not null,
  id uuid not null,
  intake_id uuid not null,
  kind text not null check (kind in ('lessons', 'activity', 'corrective')),
  subject_id uuid not null,
  group_id uuid not null,
  teacher_id uuid not null,
  part text not null check (part in ('mandatory', 'formed', 'extracurricular', 'corrective', 'additional')),
  weekly_hours numeric(5, 2) not null check (weekly_hours > 0),
  lesson_plan_id uuid,
  gradeless boolean not null default false,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, intake_id) references intake,
  foreign key (organization_id, subject_id) references subject,
  foreign key (organization_id, group_id) references study_group,
  foreign key (organization_id, teacher_id) references person,
  foreign key (organization_id, lesson_plan_id) references lesson_plan,
  unique (organization_id, intake_id, subject_id, group_id, teacher_id, part)
);
create index teaching_assignment_by_teacher on teaching_assignment (organization_id, teacher_id);
create index teaching_assignment_by_group on teaching_assignment (organization_id, group_id);

create table timetable_slot (
  organization_id uuid not null,
  id uuid not null,
  journal_id uuid not null,
  weekday integer not null check (weekday between 1 and 7),
  period integer check (period between 0 and 12),
  starts_at time not null,
  ends_at time not null,
  room text,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, journal_id) references teaching_assignment,
  unique (organization_id, journal_id, weekday, starts_at),
  check (ends_at > starts_at)
);

create table procedure (
  organization_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  intake_id uuid not null,
  name text not null,
  place text,
  weekday integer not null check (weekday between 1 and 7),
  period integer check (period between 0 and 12),
  starts_at time not null,
  ends_at time not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, student_id) references student,
  foreign key (organization_id, intake_id) references intake,
  unique (organization_id, student_id, weekday, starts_at),
  check (ends_at > starts_at)
);

create table incoming_mark (
  organization_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  subject text not null,
  kind text not null check (kind in ('dated', 'listed', 'period')),
  position integer not null,
  day date,
  label text,
  value text not null,
  source_file text not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, student_id) references student,
  unique (organization_id, student_id, source_file, subject, position)
);

-- What a spreadsheet row became, so that the same row finds its record again.
create table import_key (
  organization_id uuid not null references organization,
  kind text not null,
  natural_key text not null,
  record_id uuid not null,
  content_hash text not null,
  primary key (organization_id, kind, natural_key)
);

create table import_run (
  organization_id uuid not null references organization,
  id uuid not null,
  at timestamptz not null,
  summary jsonb not null,
  primary key (organization_id, id)
);
