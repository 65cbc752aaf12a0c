/**
 * What the person of this alias is called in a list: the whole name, with the day of birth where somebody else of
 * the organisation ($1) has the same name. The screens shorten it by `shortNames`.
 */
export const shownName = (person: string): string => `
concat_ws(' ', ${person}.last_name, ${person}.first_name, ${person}.middle_name,
  case when ${person}.birth_on is not null and ${person}.name_key in (select one.name_key from person one
    where one.organization_id = $1 group by one.name_key having count(*) > 1)
  then '(' || to_char(${person}.birth_on, 'DD.MM.YYYY') || ')' end)`
