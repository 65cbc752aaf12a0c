export { backupOperations } from './backups.routes.ts'
export { readHoldings } from './holdings.sql.ts'
