import { sharedInitials } from '#domain/people/short-names.ts'
import { rows, type Tx } from '#platform/db.ts'

// Those who share a family name, of all who are or ever were staff: past lessons name them too.
const STAFF_OF_ONE_FAMILY_NAME = `
select string_agg(concat_ws(' ', p.last_name, p.first_name, p.middle_name), '|') as names
from person p
where p.organization_id = $1 and exists (select from role_assignment r where r.organization_id = $1
  and r.person_id = p.id and r.role not in ('student', 'guardian'))
group by split_part(p.name_key, ' ', 1) having count(*) > 1`

/** Which names with initials mean more than one of the staff: those are written whole on every screen. */
export async function sharedInitialsOf(tx: Tx, organizationId: string): Promise<string[]> {
  const found = await rows<{ names: string }>(tx, STAFF_OF_ONE_FAMILY_NAME, [organizationId])
  return sharedInitials(found.flatMap(({ names }) => names.split('|')))
}
