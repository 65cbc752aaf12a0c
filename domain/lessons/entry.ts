import { type Day, daysBetween } from '../calendar/day.ts'

/** What the rule of the same day («в день проведения», 4.4 and 4.5) needs to know about a lesson and its writer. */
export type EntryScene = {
  heldOn: Day
  /** Days after the lesson during which a late record may still be made. */
  windowDays: number
  /** Somebody entitled to it opened the window for this lesson again. */
  windowOpened: boolean
  /** Why the record is late, when somebody has said so already or says so now. */
  lateReason: string | null
}

export type EntryRefusal = 'lesson-ahead' | 'window-closed' | 'late-reason-needed'

/** How far a lesson is from being writable today («впереди», «сегодня», «с опозданием», «закрыт»). */
export type LessonState = 'ahead' | 'today' | 'late' | 'closed'

/** Where a lesson stands towards today: records are made on the day, later ones are late, then closed (4.4, 4.5). */
export function lessonState(scene: Omit<EntryScene, 'lateReason'>, today: Day): LessonState {
  if (scene.heldOn > today) return 'ahead'
  if (scene.heldOn === today) return 'today'
  const inWindow = daysBetween(scene.heldOn, today) <= scene.windowDays
  return inWindow || scene.windowOpened ? 'late' : 'closed'
}

/** Why nothing may be entered for this lesson today, or `null` when it may (4.4, 4.5). */
export function entryRefusal(scene: EntryScene, today: Day): EntryRefusal | null {
  const state = lessonState(scene, today)
  if (state === 'ahead') return 'lesson-ahead'
  if (state === 'closed') return 'window-closed'
  if (state === 'late' && !scene.lateReason) return 'late-reason-needed'
  return null
}
