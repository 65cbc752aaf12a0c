-- «5А» of the next intake is another class, with another journal, timetable and bells: a row of a spreadsheet finds its
-- record again within its intake alone, so that reading the next intake in takes nothing over from the one before.

-- 1. Marks brought from school belong to the intake they were brought to: a child who comes again brings new ones.
alter table incoming_mark add column intake_id uuid;
do $$
begin
  perform set_config('app.reason', 'migration', true);
  update incoming_mark m set version = version + 1, intake_id = coalesce(
    (select s.intake_id from stay s where s.organization_id = m.organization_id and s.student_id = m.student_id
      order by s.starts_on desc limit 1),
    (select i.id from intake i where i.organization_id = m.organization_id order by i.starts_on desc limit 1));
  perform set_config('app.reason', '', true);
end $$;
alter table incoming_mark
  alter column intake_id set not null,
  add foreign key (organization_id, intake_id) references intake,
  drop constraint incoming_mark_organization_id_student_id_source_file_subjec_key,
  add constraint one_incoming_mark_at_a_place unique (organization_id, intake_id, student_id, source_file, subject, position);

-- 2. A child who comes again may have a procedure at the same hour of the week.
alter table procedure
  drop constraint procedure_organization_id_student_id_weekday_starts_at_key,
  add constraint one_procedure_at_an_hour unique (organization_id, intake_id, student_id, weekday, starts_at);

-- 3. The first quarter of the next school year is another one. A school year begins in August.
create unique index one_grading_period_a_year on grading_period
  (organization_id, name, grade_from, grade_to, (extract(year from starts_on - interval '7 months')));

-- 4. What the keys of spreadsheets say.
alter table import_key add column intake_id uuid;
alter table import_key drop constraint import_key_pkey;
update import_key k set intake_id = r.intake_id
from (
  select organization_id, id, intake_id from bell
  union all select organization_id, id, intake_id from study_group
  union all select organization_id, id, intake_id from stay
  union all select organization_id, id, intake_id from lesson_plan
  union all select organization_id, id, intake_id from teaching_assignment
  union all select organization_id, id, intake_id from procedure
  union all select organization_id, id, intake_id from incoming_mark
  union all select m.organization_id, m.id, g.intake_id from group_member m
    join study_group g on g.organization_id = m.organization_id and g.id = m.group_id
  union all select c.organization_id, c.id, g.intake_id from curriculum_line c
    join study_group g on g.organization_id = c.organization_id and g.id = c.group_id
  union all select i.organization_id, i.id, p.intake_id from lesson_plan_item i
    join lesson_plan p on p.organization_id = i.organization_id and p.id = i.plan_id
  union all select s.organization_id, s.id, j.intake_id from timetable_slot s
    join teaching_assignment j on j.organization_id = s.organization_id and j.id = s.journal_id
  union all select l.organization_id, l.id, j.intake_id from lesson l
    join teaching_assignment j on j.organization_id = l.organization_id and j.id = l.journal_id
) r
where r.organization_id = k.organization_id and r.id = k.record_id
  and k.kind not in ('intake', 'calendar-event', 'grading-period', 'home-school', 'subject', 'staff', 'staff-member',
    'student-person', 'student', 'guardian', 'guardian-link', 'role');
-- The key of a period says its school year.
update import_key k set natural_key = to_char(p.starts_on - interval '7 months', 'YYYY') || '|' || k.natural_key
from grading_period p
where k.kind = 'grading-period' and p.organization_id = k.organization_id and p.id = k.record_id;
alter table import_key
  add constraint import_key_once unique nulls not distinct (organization_id, kind, intake_id, natural_key),
  add foreign key (organization_id, intake_id) references intake,
  add constraint import_key_of_an_intake check ((intake_id is null) = (kind in ('intake', 'calendar-event',
    'grading-period', 'home-school', 'subject', 'staff', 'staff-member', 'student-person', 'student', 'guardian',
    'guardian-link', 'role')));

select secure_tables();
