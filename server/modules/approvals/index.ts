export { approvalOperations } from './approvals.routes.ts'
export {
  type ApprovalBody,
  type AskedSpan,
  type Asking,
  type KeptApproval,
  listApprovals,
  lockPerson,
  noteTaken,
  readApproval,
  readApprovalByNumber,
  readHolders,
  settleApproval,
} from './approvals.sql.ts'
export { askApproval } from './ask.ts'
export { askingOf, handsOver, isShownTo, mayTake } from './read-approvals.ts'
