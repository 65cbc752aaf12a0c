-- When a record was entered, and whether late, is said of its first entry. A change on a later day is a correction:
-- it has a moment and a reason of its own and makes nothing late (4.4, 4.5).
alter table lesson_record add column corrected_at timestamptz;
alter table homework add column corrected_at timestamptz;
alter table mark add column corrected_at timestamptz;
alter table attendance add column corrected_at timestamptz;
alter table late_entry
  add column kind text not null default 'late' check (kind in ('late', 'correction')),
  drop constraint late_entry_organization_id_lesson_id_key,
  add constraint one_reason_of_a_kind unique (organization_id, lesson_id, kind);

-- Records made in time and corrected so far have been called late; their history knows better.
do $$
declare t text;
begin
  foreach t in array array['lesson_record', 'homework', 'mark', 'attendance'] loop
    execute format('alter table %I disable trigger keep_history_of_change', t);
    execute format($fix$
      update %1$I r set late = false, corrected_at = r.entered_at, entered_on = (h.after->>'entered_on')::date,
        entered_at = (h.after->>'entered_at')::timestamptz
      from history h
      where r.late and h.organization_id = r.organization_id and h.kind = %1$L and h.record_id = r.id
        and h.version = (select max(version) from history v where v.organization_id = r.organization_id
          and v.kind = %1$L and v.record_id = r.id and not (v.after->>'late')::boolean)
        and (%1$L in ('homework', 'attendance') or coalesce(h.after->>'topic', h.after->>'value') is not null)$fix$, t);
    execute format('alter table %I enable trigger keep_history_of_change', t);
  end loop;
  alter table late_entry disable trigger keep_history_of_change;
  update late_entry e set kind = 'correction' where exists (
    select from (
      select organization_id, lesson_id, late, corrected_at from lesson_record
      union all select organization_id, lesson_id, late, corrected_at from homework
      union all select organization_id, lesson_id, late, corrected_at from mark
      union all select organization_id, lesson_id, late, corrected_at from attendance) r
    where r.organization_id = e.organization_id and r.lesson_id = e.lesson_id
    having bool_or(r.corrected_at is not null) and not bool_or(r.late));
  alter table late_entry enable trigger keep_history_of_change;
end $$;
