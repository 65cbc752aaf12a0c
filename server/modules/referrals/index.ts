export { orRefer } from './refer.ts'
export { referralOperations } from './referrals.routes.ts'
export { type KeptEntry, readKeptEntry, settleReferred } from './referrals.sql.ts'
