export { momentOperations } from './moments.routes.ts'
export { MOMENT_PROBE } from './stand.sql.ts'
