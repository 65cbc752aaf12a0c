export { peopleOperations } from './people.routes.ts'
export { shownName } from './shown-name.sql.ts'
export { givePrivilegedRoles } from './write-people.ts'
