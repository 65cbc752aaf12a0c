export { isKeyAnother } from './key.ts'
export { ownerOf, proven } from './proof.ts'
export { resetSecondFactor } from './reset.ts'
export { secondFactorOperations } from './second-factor.routes.ts'
export {
  beginCode,
  beginHalfSession,
  type HalfAccount,
  type Taken,
  takeHalfSession,
  tryHalfSession,
} from './second-factor.sql.ts'
