import { covers, type Day, type Span } from '../calendar/day.ts'
import { type EntryRefusal, type EntryScene, entryRefusal } from '../lessons/entry.ts'
import { isMarkValue } from './mark.ts'

/** One cell of the gradebook as the rule sees it: the lesson's entry scene and the child's days in the group. */
export type CellScene = EntryScene & {
  /** The child's membership that covers the lesson's day, if any. */
  membership: Span | null
  /** Grade 1, clubs and corrective lessons are kept without marks. */
  gradeless: boolean
  /** Codes of absence the school uses. */
  codes: readonly string[]
}

export type CellRefusal =
  | EntryRefusal
  | 'student-not-in-group'
  | 'off-scale'
  | 'unknown-code'
  | 'no-marks-here'

/** What a cell is asked to hold: a mark of a work, or attendance of the lesson; `null` empties it. */
export type CellValue = { kind: 'mark' | 'attendance'; value: string | null }

/** Why this cell may not hold this value today, or `null` when it may (4.3–4.5; a child outside its stay has no cells). */
export function cellRefusal(scene: CellScene, cell: CellValue, today: Day): CellRefusal | null {
  if (!scene.membership || !covers(scene.membership, scene.heldOn)) return 'student-not-in-group'
  if (cell.kind === 'mark' && scene.gradeless) return 'no-marks-here'
  if (cell.kind === 'mark' && cell.value !== null && !isMarkValue(cell.value)) return 'off-scale'
  if (cell.kind === 'attendance' && cell.value !== null && !scene.codes.includes(cell.value))
    return 'unknown-code'
  return entryRefusal(scene, today)
}
