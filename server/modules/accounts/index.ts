export { accountOperations } from './accounts.routes.ts'
