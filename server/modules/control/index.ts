export { controlOperations } from './control.routes.ts'
