export { peopleOperations } from './people.routes.ts'
export { givePrivilegedRoles } from './write-people.ts'
