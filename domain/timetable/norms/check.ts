import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { bellFindings } from './check-bells.ts'
import { difficultyFindings } from './check-difficulty.ts'
import { dayFindings, loadFindings } from './check-load.ts'
import { finding, type NormFinding } from './finding.ts'
import { TEACHER_WINDOWS } from './limits.ts'
import { type NormSetting, standingCards } from './setting.ts'

/** Everything in which a timetable leaves the norms, class by class and then teacher by teacher; none for a clean one. */
export function checkNorms(
  problem: TimetableProblem,
  setting: NormSetting,
  timetable: PlacedTimetable,
): NormFinding[] {
  const ofClasses = setting.classes.flatMap((_, index) => {
    const view = { problem, setting, index, cards: standingCards(problem, setting, timetable, index) }
    return [...loadFindings(view), ...dayFindings(view), ...difficultyFindings(view), ...bellFindings(view)]
  })
  return [...ofClasses, ...teacherFindings(problem, timetable)]
}

function teacherFindings(problem: TimetableProblem, { start }: PlacedTimetable): NormFinding[] {
  const width = problem.periods.length
  const busy = problem.teachers.map(() => problem.days.map(() => new Set<number>()))
  problem.activities.forEach(({ teachers, length }, activity) => {
    const slot = start[activity] ?? NOWHERE
    if (slot === NOWHERE) return
    for (let step = 0; step < length; step++)
      for (const teacher of teachers) busy[teacher]?.[Math.floor(slot / width)]?.add((slot % width) + step)
  })
  return busy.flatMap((days, teacher) =>
    days.flatMap((periods, day) => {
      const figure = longestWindow(periods)
      if (figure <= TEACHER_WINDOWS) return []
      return [finding('teacher-window', figure, TEACHER_WINDOWS, { teacher, day })]
    }),
  )
}

function longestWindow(periods: ReadonlySet<number>): number {
  const sorted = [...periods].sort((a, b) => a - b)
  return sorted.reduce((most, period, index) => Math.max(most, period - (sorted[index - 1] ?? period) - 1), 0)
}
