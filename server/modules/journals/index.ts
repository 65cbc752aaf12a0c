export { journalOperations } from './journals.routes.ts'
