-- Names of attendance codes guessed that every child is a boy. Where an organisation still has a name as it was given
-- with the organisation, it gets the neutral one, and both stand in the history; a name of its own stays.
do $$
declare c record;
begin
  perform set_config('app.reason', 'Нейтральные названия обозначений посещаемости', true);
  for c in
    select a.*, n.neutral
    from attendance_code a
    join (values
      ('н', 'Не был, причина не известна', 'Отсутствие, причина не известна'),
      ('б', 'Болел', 'Болезнь'),
      ('у', 'Отсутствовал по уважительной причине', 'Отсутствие, уважительная причина'),
      ('нп', 'Отсутствовал без уважительной причины', 'Отсутствие, неуважительная причина'),
      ('о', 'Опоздал', 'Опоздание'),
      ('ос', 'Освобождён от урока', 'Освобождение от урока'),
      ('пр', 'Прибыл в этот день, на уроке ещё не был', 'День прибытия, на уроке ещё нет'),
      ('уб', 'Убыл в этот день, на уроке уже не был', 'День убытия, на уроке уже нет')
    ) as n (code, given, neutral) on n.code = a.code and n.given = a.name
  loop
    insert into history (organization_id, kind, record_id, version, after, reason, at)
    select organization_id, 'attendance_code', id, version, to_jsonb(a) - '{organization_id,id,version}'::text[],
      current_reason(), current_moment()
    from attendance_code a where organization_id = c.organization_id and id = c.id
    on conflict do nothing;
    update attendance_code set name = c.neutral, version = version + 1
    where organization_id = c.organization_id and id = c.id;
    insert into history (organization_id, kind, record_id, version, after, reason, at)
    select organization_id, 'attendance_code', id, version, to_jsonb(a) - '{organization_id,id,version}'::text[],
      current_reason(), current_moment()
    from attendance_code a where organization_id = c.organization_id and id = c.id
    on conflict do nothing;
  end loop;
  perform set_config('app.reason', '', true);
end $$;
