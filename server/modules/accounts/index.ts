import { accountOperations as own } from './accounts.routes.ts'
import { issueOperations } from './issue.routes.ts'

/** Signing in, one's own access, and access given by the system administrator (6.5, 6.6, 6.8). */
export const accountOperations = [...own, ...issueOperations]
export { commonWords } from './common-passwords.ts'
export { type Confirmed, giveConfirmedAccess, setDisabled, voidAccessOf } from './issue-account.ts'
export { proveOwnPassword } from './own-account.ts'
export { type AccountKey, openSession } from './sign-in.ts'
