export { peopleOperations } from './people.routes.ts'
