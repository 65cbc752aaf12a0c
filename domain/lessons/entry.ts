import { type Day, daysBetween } from '../calendar/day.ts'

/** What the rule of the same day («в день проведения», 4.4 and 4.5) needs to know about a lesson and its writer. */
export type EntryScene = {
  heldOn: Day
  /** Days after the lesson during which a late record may still be made; `null` where its study period is closed. */
  windowDays: number | null
  /** Somebody entitled to it opened the window for this lesson again. */
  windowOpened: boolean
  /** The record that is written again; `null` when there is none yet. */
  standing: StandingEntry | null
  /** Why it is made late, or corrected, when somebody has said so already or says so now. */
  reasons: Record<ReasonKind, string | null>
}

/** A record before it is written again: the day of its first entry, and whether it lacks what is entered now. */
export type StandingEntry = { enteredOn: Day; empty: boolean }

/** What an entry is: made on the lesson's day, made later, or a later change of what had been made before. */
export type EntryKind = 'in-time' | ReasonKind

/** What a reason is asked for, once a lesson each. */
export type ReasonKind = 'late' | 'correction'

export type EntryRefusal = 'lesson-ahead' | 'window-closed' | 'period-closed' | 'late-reason-needed'

/** How far a lesson is from being writable today («впереди», «сегодня», «с опозданием», «закрыт»). */
export type LessonState = 'ahead' | 'today' | 'late' | 'closed'

/**
 * Where a lesson stands towards today: records are made on the day, later ones are late, then closed (4.4, 4.5). A
 * closed study period closes its lessons whatever else is open.
 */
export function lessonState(
  scene: Pick<EntryScene, 'heldOn' | 'windowDays' | 'windowOpened'>,
  today: Day,
): LessonState {
  if (scene.heldOn > today) return 'ahead'
  if (scene.windowDays === null) return 'closed'
  if (scene.heldOn === today) return 'today'
  const inWindow = daysBetween(scene.heldOn, today) <= scene.windowDays
  return inWindow || scene.windowOpened ? 'late' : 'closed'
}

/**
 * What an entry made today is (4.4, 4.5). Changes on the day of the first entry belong to it; a later change of what
 * stood is a correction and makes nothing late; what was missing until now is late.
 */
export function entryKind(
  { heldOn, standing }: Pick<EntryScene, 'heldOn' | 'standing'>,
  today: Day,
): EntryKind {
  if (heldOn === today) return 'in-time'
  if (!standing || standing.empty || standing.enteredOn === today) return 'late'
  return 'correction'
}

/** Why nothing may be entered for this lesson today, or `null` when it may (4.4, 4.5). */
export function entryRefusal(scene: EntryScene, today: Day): EntryRefusal | null {
  const state = lessonState(scene, today)
  if (state === 'ahead') return 'lesson-ahead'
  if (state === 'closed') return scene.windowDays === null ? 'period-closed' : 'window-closed'
  const kind = entryKind(scene, today)
  return kind === 'in-time' || scene.reasons[kind] ? null : 'late-reason-needed'
}
