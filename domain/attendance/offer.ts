import { PROCEDURE_CODE } from './codes.words.ts'

/** An attendance code as the rule sees it: is the child away, and does that count as a miss. */
export type CodeMeaning = { code: string; absent: boolean; counted: boolean }

/** What is known of a child before the roll is taken: an earlier lesson of the day, a procedure at this time. */
export type OfferScene = { earlier: { code: string | null } | null; procedure: boolean }

/** Attendance proposed for one child and where it comes from; `code` null is «present». */
export type AttendanceOffer = { code: string | null; from: 'lesson' | 'procedure' }

/**
 * What to propose for a child, or `null` when nothing is known. A procedure wins; whoever was away from the
 * earlier lesson is proposed as away again, but lateness and an earlier procedure end with their lesson.
 */
export function offeredAttendance(
  { earlier, procedure }: OfferScene,
  codes: readonly CodeMeaning[],
): AttendanceOffer | null {
  if (procedure && codes.some(({ code }) => code === PROCEDURE_CODE))
    return { code: PROCEDURE_CODE, from: 'procedure' }
  if (!earlier) return null
  const stays = codes.some(({ code, absent }) => code === earlier.code && absent && code !== PROCEDURE_CODE)
  return { code: stays ? earlier.code : null, from: 'lesson' }
}
