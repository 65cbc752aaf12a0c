/** Names of the norms a timetable is checked against. */
export type NormId =
  | 'weekly-load'
  | 'daily-load'
  | 'extracurricular-load'
  | 'difficulty-peak'
  | 'lighter-day'
  | 'day-difficulty'
  | 'hard-subject-time'
  | 'hard-subjects-running'
  | 'exercise-first'
  | 'exercise-last'
  | 'double-lesson'
  | 'class-window'
  | 'late-start'
  | 'short-break'
  | 'long-break'
  | 'dynamic-pause'
  | 'day-bounds'
  | 'zero-lesson'
  | 'second-shift'
  | 'lesson-length'
  | 'teacher-window'
  | 'pause-before-later'

/** Whether a norm binds or is advice. */
export type NormKind = 'norm' | 'recommendation'

/** The act a norm comes from; titles and editions are in `norm.words.ts`. */
export type NormSource = 'sanpin-3685' | 'sp-3648' | 'order-536' | 'practice'

/**
 * A norm of the timetable. `verified` is false where neither its words nor its clause were read in the act or in a
 * text that quotes it: whoever relies on it looks it up first.
 */
export type Norm = {
  readonly id: NormId
  readonly kind: NormKind
  readonly source: NormSource
  readonly verified: boolean
}

const norm = (id: NormId, source: NormSource, verified: boolean): Norm => ({
  id,
  kind: 'norm',
  source,
  verified,
})
const advice = (id: NormId, source: NormSource, verified: boolean): Norm => ({
  ...norm(id, source, verified),
  kind: 'recommendation',
})

/** All norms, by name. */
export const NORMS: Readonly<Record<NormId, Norm>> = {
  'weekly-load': norm('weekly-load', 'sanpin-3685', true),
  'daily-load': norm('daily-load', 'sanpin-3685', true),
  'extracurricular-load': norm('extracurricular-load', 'sanpin-3685', false),
  'difficulty-peak': advice('difficulty-peak', 'sanpin-3685', true),
  'lighter-day': advice('lighter-day', 'sanpin-3685', true),
  'day-difficulty': advice('day-difficulty', 'practice', true),
  'hard-subject-time': advice('hard-subject-time', 'sanpin-3685', true),
  'hard-subjects-running': advice('hard-subjects-running', 'practice', false),
  'exercise-first': advice('exercise-first', 'practice', false),
  'exercise-last': advice('exercise-last', 'practice', false),
  'double-lesson': advice('double-lesson', 'practice', false),
  'class-window': advice('class-window', 'practice', false),
  'late-start': advice('late-start', 'practice', false),
  'short-break': norm('short-break', 'sp-3648', true),
  'long-break': norm('long-break', 'sp-3648', true),
  'dynamic-pause': norm('dynamic-pause', 'sanpin-3685', false),
  'day-bounds': norm('day-bounds', 'sanpin-3685', true),
  'zero-lesson': norm('zero-lesson', 'sp-3648', true),
  'second-shift': norm('second-shift', 'sp-3648', true),
  'lesson-length': norm('lesson-length', 'sanpin-3685', true),
  'teacher-window': advice('teacher-window', 'order-536', true),
  'pause-before-later': norm('pause-before-later', 'sp-3648', true),
}
