import type { Refused } from './outbox-queue.ts'

/** Lines of a refused operation, by number: those the refusal is about, and the others in new operations. */
export type RefusedPart = { guilty: number[]; again: number[][] }

// Answers to a whole packet that may be the fault of one line of it; the server does not say of which.
const UNNAMED = [400, 404, 413]

/**
 * Which lines a refusal is about, so that one line never keeps the others from being saved. Where the server names
 * none the lines are halved until the guilty one stands alone.
 */
export function refusedPart(count: number, { status, problem }: Refused): RefusedPart {
  const all = Array.from({ length: count }, (_, n) => n)
  const named = all.filter((n) => problem.cells?.includes(n))
  if (named.length > 0 && named.length < count) {
    return { guilty: named, again: [all.filter((n) => !named.includes(n))] }
  }
  if (named.length === 0 && count > 1 && UNNAMED.includes(status)) {
    const middle = Math.ceil(count / 2)
    return { guilty: [], again: [all.slice(0, middle), all.slice(middle)] }
  }
  return { guilty: all, again: [] }
}
