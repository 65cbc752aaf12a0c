import { type Entry, inflated } from './archive.ts'
import { makeEntryInspector } from './sheet-limits.ts'
import type { WorkbookRefusal } from './workbook-refusal.ts'

const MAX_EXPANDED_BYTES = 100 * 1024 * 1024
const MAX_RATIO = 100
// Repetitive but harmless small parts compress 100 : 1 too; below this size the ratio says nothing.
const RATIO_COUNTS_FROM_BYTES = 1024 * 1024

/** Entries with the sizes they have; `withEmptyCells` names the parts whose cells do not all hold something. */
export type Inspected = { entries: Entry[]; withEmptyCells: ReadonlySet<string> }

/**
 * Inflates every entry without keeping it and answers why the container is refused, if it is. Memory stays at one chunk
 * whatever the container claims about itself.
 */
export async function inspectEntries(
  entries: readonly Entry[],
): Promise<Inspected | { refusal: WorkbookRefusal }> {
  const withEmptyCells = new Set<string>()
  const looked: Entry[] = []
  let expanded = 0
  for (const entry of entries) {
    const counted = await countEntry(entry, MAX_EXPANDED_BYTES - expanded)
    if ('refusal' in counted) return counted
    expanded += counted.size
    // What the container says of it may be wrong.
    looked.push({ ...entry, size: counted.size })
    if (counted.hasEmptyCells) withEmptyCells.add(entry.name)
  }
  return { entries: looked, withEmptyCells }
}

type Counted = { size: number; hasEmptyCells: boolean } | { refusal: WorkbookRefusal }

async function countEntry(entry: Entry, budget: number): Promise<Counted> {
  const inspector = makeEntryInspector(entry.name)
  let size = 0
  try {
    for await (const chunk of inflated(entry)) {
      size += chunk.byteLength
      if (size > budget || isBomb(size, entry.packed.byteLength)) return { refusal: 'expands-too-much' }
      const refusal = inspector.feed(chunk)
      if (refusal !== null) return { refusal }
    }
  } catch {
    return { refusal: 'broken' }
  }
  const refusal = inspector.finish()
  return refusal === null ? { size, hasEmptyCells: inspector.hasEmptyCells() } : { refusal }
}

function isBomb(size: number, packed: number): boolean {
  return size > RATIO_COUNTS_FROM_BYTES && size > packed * MAX_RATIO
}
