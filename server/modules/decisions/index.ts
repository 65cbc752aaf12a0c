export { decisionOperations } from './decisions.routes.ts'
