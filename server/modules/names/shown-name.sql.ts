/**
 * What the person of this alias is called wherever somebody else reads it: the whole name and, where another person
 * of the organisation has the same, what tells the two apart in brackets. A child is told by the day of birth, or by
 * the class; staff by the position and, where that is shared too, by the day of birth (never told to families) or a
 * subject; a guardian by the child. Empty for a person who is not there.
 */
export const shownName = (person: string): string => `
concat_ws(' ', ${person}.last_name, ${person}.first_name, ${person}.middle_name,
  case when ${hasNamesake(person)} then '(' || nullif(${tell(person)}, '') || ')' end)`

const of = (person: string, alias: string): string =>
  `${alias}.organization_id = ${person}.organization_id and ${alias}`

const hasNamesake = (person: string): string => `
exists (select from person namesake where ${of(person, 'namesake')}.name_key = ${person}.name_key
  and namesake.id <> ${person}.id)`

const tell = (person: string): string => `
case when exists (select from student child where ${of(person, 'child')}.id = ${person}.id)
  then coalesce(${bornOn(person)}, (
    select g.name from group_member m join study_group g on g.organization_id = m.organization_id and g.id = m.group_id
    where ${of(person, 'm')}.student_id = ${person}.id and m.group_kind = 'class' order by m.starts_on desc limit 1))
  else concat_ws(', ', (select post.position from staff_member post where ${of(person, 'post')}.id = ${person}.id),
    case when not ${hasOwnPosition(person)} then coalesce(
      case when (select visible_children()) is null then ${bornOn(person)} end,
      (select s.name from teaching_assignment j join subject s on s.organization_id = j.organization_id and s.id = j.subject_id
        where ${of(person, 'j')}.teacher_id = ${person}.id order by s.sort_key, s.id limit 1),
      (select string_agg(concat_ws(' ', kin.last_name, kin.first_name), ', ' order by kin.name_key, kin.id)
        from guardian_link l join person kin on kin.organization_id = l.organization_id and kin.id = l.student_id
        where ${of(person, 'l')}.guardian_id = ${person}.id)) end)
end`

const bornOn = (person: string): string => `to_char(${person}.birth_on, 'DD.MM.YYYY')`

const hasOwnPosition = (person: string): string => `
exists (select from staff_member post where ${of(person, 'post')}.id = ${person}.id and not exists (
  select from person namesake join staff_member same on same.organization_id = namesake.organization_id
    and same.id = namesake.id and same.position = post.position
  where ${of(person, 'namesake')}.name_key = ${person}.name_key and namesake.id <> ${person}.id))`
