import { ROLES } from '#domain/access/access.ts'
import { roleWords } from '#web/role-words.ts'

/** The roles there are, as options of a list. */
export function RoleOptions() {
  return ROLES.map((role) => (
    <option key={role} value={role}>
      {roleWords[role]}
    </option>
  ))
}
