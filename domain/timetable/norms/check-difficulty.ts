import { type ClassView, classOf, slotsOf } from './check-load.ts'
import { advisedDayPoints, bestLessons, difficultyOf, hardFrom } from './difficulty.ts'
import { finding, type NormFinding } from './finding.ts'
import type { StandingCard } from './setting.ts'

/** Days, counted from 0, that may carry the most points, and of which one is to be lighter than the average day. */
export const PEAK_DAYS: readonly number[] = [1, 2]
export const LIGHTER_DAYS: readonly number[] = [2, 3]

/** Points of difficulty over the week and the day, and where hard subjects stand. */
export function difficultyFindings(view: ClassView): NormFinding[] {
  const lessons = view.cards.filter(({ part }) => part === 'lesson')
  const sums = view.problem.days.map((_, day) => pointsOf(view, lessons, day))
  return [
    ...weekFindings(view, sums),
    ...sums.flatMap((sum, day) => dayFinding(view, sum, day)),
    ...hardFindings(view, lessons),
    ...runningFindings(view, lessons),
  ]
}

// Halves of a class at the same time count once, by the harder of their subjects.
function pointsOf(view: ClassView, lessons: readonly StandingCard[], day: number): number {
  return slotsOf(lessons, day).reduce((sum, period) => {
    const there = lessons.filter((card) => card.day === day && card.period === period)
    return sum + Math.max(...there.map(({ subject }) => pointsIn(view, subject)))
  }, 0)
}

function pointsIn(view: ClassView, subject: string): number {
  return difficultyOf(subject, classOf(view).grades) ?? 0
}

function weekFindings({ index, problem }: ClassView, sums: readonly number[]): NormFinding[] {
  if (problem.days.length < 5) return []
  const most = Math.max(...sums)
  const peak = Math.max(...PEAK_DAYS.map((day) => sums[day] ?? 0))
  const average = sums.reduce((sum, points) => sum + points, 0) / sums.length
  const lightest = Math.min(...LIGHTER_DAYS.map((day) => sums[day] ?? 0))
  const found: NormFinding[] = []
  if (most > peak)
    found.push(finding('difficulty-peak', most, peak, { class: index, day: sums.indexOf(most) }))
  if (most > 0 && lightest >= average)
    found.push(finding('lighter-day', lightest, Math.floor(average), { class: index }))
  return found
}

function dayFinding(view: ClassView, sum: number, day: number): NormFinding[] {
  const most = advisedDayPoints(classOf(view).grades)
  return sum > most ? [finding('day-difficulty', sum, most, { class: view.index, day })] : []
}

function hardFindings(view: ClassView, lessons: readonly StandingCard[]): NormFinding[] {
  const { grades } = classOf(view)
  const best = bestLessons(grades)
  return lessons
    .filter(({ subject, period }) => isHard(view, subject) && !best.includes(period + 1))
    .map(({ subject, period, day }) =>
      finding('hard-subject-time', period + 1, best.at(-1) ?? 0, { class: view.index, day, subject }),
    )
}

function runningFindings(view: ClassView, lessons: readonly StandingCard[]): NormFinding[] {
  const most = bestLessons(classOf(view).grades).length
  return view.problem.days.flatMap((_, day) => {
    const hard = new Set(
      slotsOf(
        lessons.filter(({ subject }) => isHard(view, subject)),
        day,
      ),
    )
    let longest = 0
    for (const period of hard) {
      let run = 1
      while (hard.has(period + run)) run += 1
      longest = Math.max(longest, run)
    }
    return longest > most ? [finding('hard-subjects-running', longest, most, { class: view.index, day })] : []
  })
}

function isHard(view: ClassView, subject: string): boolean {
  return pointsIn(view, subject) >= hardFrom(classOf(view).grades)
}
