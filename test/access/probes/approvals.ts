import { on, type Probe, plain } from '../probe.ts'
import { ADMINS, CONTROL, FOREIGN, NOBODY } from '../rights.ts'
import { ids } from '../stage.ts'

const APPROVALS = { own: ids.approval, foreign: ids.foreign.approval }

/** What nobody gives alone is confirmed by the director (S-08) and told to who asks and who answers for it. */
export const approvalProbes: Record<string, Probe> = {
  'approvals.read': plain([...CONTROL, ...ADMINS, ...FOREIGN]),
  'approvals.read-access-events': plain(['director', ...ADMINS, ...FOREIGN]),
  // An administrator sees the request and is refused: the own one, or another's that a director decides about.
  'approvals.decide': on(APPROVALS, { own: ['director', ...ADMINS], foreign: FOREIGN }, (approvalId) => ({
    params: { approvalId },
    body: { decision: 'confirm', version: 1 },
  })),
  'approvals.take-first-password': on(
    { own: ids.confirmed, foreign: ids.foreign.confirmed },
    { own: ['director'], foreign: FOREIGN },
    (approvalId) => ({ params: { approvalId }, body: {} }),
  ),
  'approvals.withdraw': on(APPROVALS, { own: ['admin'], foreign: NOBODY }, (approvalId) => ({
    params: { approvalId },
    body: { version: 1 },
  })),
}
