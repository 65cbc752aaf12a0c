import type { Problem } from '#contract/problem.ts'
import { type Answer, problemOf } from './api.ts'
import type { Operation } from './outbox-storage.ts'

/** What the server would not take, and why. */
export type Refused = { status: number; problem: Problem }

/** What became of an operation. */
export type Outcome = { operation: Operation; saved: unknown } | { operation: Operation; refused: Refused }

/** Whether the server kept the operation for a decision instead of writing it. */
export function wasReferred(outcome: Outcome): boolean {
  return 'refused' in outcome && outcome.refused.problem.refusal === 'entry-referred'
}

// A request that breaks the server each time must not stop everything behind it for ever.
const FAILURES_BEFORE_GIVING_UP = 6

/** The server kept it for a decision: it is not in the journal, and this browser need not keep it either. */
export function referral({ status, body }: Answer): Refused | null {
  const kept = typeof body === 'object' && body !== null && 'referred' in body
  return kept ? { status, problem: { refusal: 'entry-referred', message: '' } } : null
}

/** Whether trouble of the network or of the server may be over when it is sent once more. */
export function worthAnotherTry(answer: Answer, attempt: number): boolean {
  if ([0, 429, 502, 503, 504].includes(answer.status)) return true
  if (problemOf(answer).refusal === 'busy') return true
  return answer.status >= 500 && attempt < FAILURES_BEFORE_GIVING_UP
}
