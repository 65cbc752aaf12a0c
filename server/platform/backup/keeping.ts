import { rm } from 'node:fs/promises'
import { type Base, basesIn, illegibleIn, segmentsIn } from './folder.ts'
import { proofOf } from './proofs.ts'

/** The newest copy that was restored and found the same. */
export async function newestProven(bases: readonly Base[]): Promise<string | null> {
  for (const base of bases.toReversed()) if ((await proofOf(base))?.same) return base.name
  return null
}

/**
 * Takes away the log that no copy needs: each needs its own, from its first segment to its last, and those of the last
 * days all that follows, so that every moment since then can be restored.
 */
export async function sweepLog(root: string, { daily }: { daily: ReadonlySet<string> }): Promise<void> {
  // Their part of the log is not known.
  if ((await illegibleIn(root)).length > 0) return
  const needed = (await basesIn(root)).map(({ name, about }) => ({
    timeline: about.timeline,
    from: about.firstPlace,
    to: daily.has(name) ? Number.POSITIVE_INFINITY : about.lastPlace,
  }))
  for (const { timeline, place, file } of await segmentsIn(root)) {
    const isNeeded = needed.some((one) => one.timeline === timeline && one.from <= place && place <= one.to)
    // What came after the newest copy of a later timeline belongs to a copy that is being made.
    const isAhead = needed.every((one) => one.timeline < timeline)
    if (!isNeeded && !isAhead) await rm(file, { force: true })
  }
}
