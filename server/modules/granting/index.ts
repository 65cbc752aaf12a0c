export { grantingOperations } from './granting.routes.ts'
export { readWaiting, type WaitingLine } from './rescue.sql.ts'
export {
  administratorByConsole,
  confirmByConsole,
  passwordByConsole,
  type Rescued,
  secondFactorByConsole,
} from './rescue.ts'
