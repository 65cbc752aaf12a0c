/** What a lesson's record may lack («не заполнено», 4.3). */
export const LESSON_GAPS = ['no-topic', 'no-attendance', 'no-homework'] as const
export type LessonGap = (typeof LESSON_GAPS)[number]

/** How a lesson that has ended is kept: topic and attendance in time, both but late, or one of them is missing. */
export const KEEPING_STATES = ['in-time', 'filled-late', 'missing'] as const
export type KeepingState = (typeof KEEPING_STATES)[number]

/** What the control desk can be asked to show; `findings` is everything a deputy may want to look into. */
export const SHOWN_LESSONS = [
  'findings',
  'held',
  ...KEEPING_STATES,
  ...LESSON_GAPS,
  'late',
  'corrected',
  'substituted',
] as const
export type ShownLessons = (typeof SHOWN_LESSONS)[number]

/** What is known of an ended lesson before it is judged. */
export type KeepingScene = {
  /** Kind of its journal; homework belongs to subjects only. */
  kind: 'lessons' | 'activity' | 'corrective'
  /** Grade 1 is kept without marks and without homework. */
  gradeless: boolean
  /** The school wants homework, or a word that there is none, at each lesson. */
  homeworkExpected: boolean
  /** Children in the group that day. */
  children: number
  topic: boolean
  /** Attendance entries there are. */
  attended: number
  homework: boolean
  /** Anything was first entered after the lesson's day. */
  late: boolean
  /** Anything was changed after the day of its entry, which is not late. */
  corrected: boolean
  substituted: boolean
}

/** What the record of the lesson lacks, in the order a teacher fills it. */
export function gapsOf(scene: KeepingScene): LessonGap[] {
  const wantsHomework = scene.homeworkExpected && scene.kind === 'lessons' && !scene.gradeless
  const lacks: Record<LessonGap, boolean> = {
    'no-topic': !scene.topic,
    'no-attendance': scene.children > 0 && scene.attended === 0,
    'no-homework': wantsHomework && !scene.homework,
  }
  return LESSON_GAPS.filter((gap) => lacks[gap])
}

/**
 * How the lesson is kept; the three states together are all lessons held. Homework may rightly be none, so a lesson
 * without a word of it is remarked upon and is kept all the same, as its teacher sees it too (`missingParts`).
 */
export function keepingState(scene: KeepingScene): KeepingState {
  if (gapsOf(scene).some((gap) => gap !== 'no-homework')) return 'missing'
  return scene.late ? 'filled-late' : 'in-time'
}

/** Whether the lesson is among those asked for. The one rule behind every figure and every list of the control desk. */
export function isShown(scene: KeepingScene, show: ShownLessons): boolean {
  switch (show) {
    case 'held':
      return true
    case 'late':
      return scene.late
    case 'corrected':
      return scene.corrected
    case 'substituted':
      return scene.substituted
    case 'findings':
      return scene.late || scene.corrected || scene.substituted || gapsOf(scene).length > 0
    case 'in-time':
    case 'filled-late':
    case 'missing':
      return keepingState(scene) === show
    case 'no-topic':
    case 'no-attendance':
    case 'no-homework':
      return gapsOf(scene).includes(show)
  }
}
