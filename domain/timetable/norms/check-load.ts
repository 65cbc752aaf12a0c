import type { TimetableProblem } from '../problem.ts'
import { isExercise, isPrimary } from './difficulty.ts'
import { finding, type NormFinding } from './finding.ts'
import { dailyLoad, LATER_HOURS, weeklyLoad } from './limits.ts'
import type { NormClass, NormSetting, StandingCard } from './setting.ts'

/** What a check of one class looks at: its placed cards by day and period. */
export type ClassView = {
  readonly problem: TimetableProblem
  readonly setting: NormSetting
  readonly index: number
  readonly cards: readonly StandingCard[]
}

/** The class a view is of. */
export function classOf({ setting, index }: ClassView): NormClass {
  const klass = setting.classes[index]
  if (!klass) throw new RangeError(`no class ${index}`)
  return klass
}

/** Slots of some cards of a day, each once: halves of a class at the same time are one lesson for it. */
export function slotsOf(cards: readonly StandingCard[], day: number): number[] {
  const found = new Set(cards.filter((card) => card.day === day).map(({ period }) => period))
  return [...found].sort((a, b) => a - b)
}

/** Lessons of a week and of each day against what the grade may have. */
export function loadFindings(view: ClassView): NormFinding[] {
  const { problem, setting, index, cards } = view
  const { grades } = classOf(view)
  const lessons = cards.filter(({ part }) => part === 'lesson')
  const week = problem.days.reduce((sum, _, day) => sum + slotsOf(lessons, day).length, 0)
  const most = weeklyLoad(grades, problem.days.length, setting.month)
  const later = cards.filter(({ part }) => part !== 'lesson')
  const found: NormFinding[] = []
  if (week > most) found.push(finding('weekly-load', week, most, { class: index }))
  if (later.length > LATER_HOURS)
    found.push(finding('extracurricular-load', later.length, LATER_HOURS, { class: index }))
  return [...found, ...dailyFindings(view, lessons)]
}

// One longer day a week is allowed to primary school when physical education is among its lessons.
function dailyFindings(view: ClassView, lessons: readonly StandingCard[]): NormFinding[] {
  const { usual, once } = dailyLoad(classOf(view).grades, view.setting.month)
  let spare = once > usual ? 1 : 0
  return view.problem.days.flatMap((_, day) => {
    const count = slotsOf(lessons, day).length
    if (count <= usual) return []
    const exercised = lessons.some((card) => card.day === day && isExercise(card.subject))
    if (count <= once && spare > 0 && exercised) {
      spare -= 1
      return []
    }
    return [finding('daily-load', count, usual, { class: view.index, day })]
  })
}

/** How the days of a class go: first lesson, windows, doubles, physical education at the edges. */
export function dayFindings(view: ClassView): NormFinding[] {
  const row = view.cards.filter(({ part, amongLessons }) => part === 'lesson' || amongLessons)
  const days = view.problem.days.flatMap((_, day) => {
    const periods = slotsOf(row, day)
    const first = periods[0]
    if (first === undefined) return []
    const at = { class: view.index, day }
    const windows = (periods.at(-1) ?? first) - first + 1 - periods.length
    return [
      ...(first > 0 ? [finding('late-start', first + 1, 1, at)] : []),
      ...(windows > 0 ? [finding('class-window', windows, 0, at)] : []),
      ...doubleFindings(view, day, row),
      ...row
        .filter((card) => card.day === day && card.period === 0 && isExercise(card.subject))
        .slice(0, 1)
        .map(({ subject }) => finding('exercise-first', 1, 2, { ...at, subject })),
    ]
  })
  return [...days, ...exerciseLast(view, row)]
}

function doubleFindings(view: ClassView, day: number, row: readonly StandingCard[]): NormFinding[] {
  if (!isPrimary(classOf(view).grades)) return []
  const ofDay = row.filter((card) => card.day === day && !isExercise(card.subject))
  return ofDay
    .filter(({ subject, period }) =>
      ofDay.some((other) => other.subject === subject && other.period === period + 1),
    )
    .map(({ subject }) => finding('double-lesson', 2, 1, { class: view.index, day, subject }))
}

function exerciseLast(view: ClassView, row: readonly StandingCard[]): NormFinding[] {
  const exercise = row.filter(({ subject }) => isExercise(subject))
  const days = [...new Set(exercise.map(({ day }) => day))]
  const last = days.filter((day) => {
    const end = slotsOf(row, day).at(-1)
    return exercise.some((card) => card.day === day && card.period === end)
  })
  if (days.length < 2 || last.length < days.length) return []
  return [finding('exercise-last', last.length, days.length - 1, { class: view.index })]
}
