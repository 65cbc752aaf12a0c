export { insertDefaults } from './defaults.sql.ts'
export { settingsOperations } from './settings.routes.ts'
