export { backupOperations } from './backups.routes.ts'
export { readHoldings } from './holdings.sql.ts'
export { settleRestored } from './settle.sql.ts'
