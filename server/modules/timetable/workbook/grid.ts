import type { NormBell, NormClass } from '#domain/timetable/norms/setting.ts'
import type { IntakeData } from '#modules/imports/index.ts'
import { minutesOf } from './clock.ts'
import { DAY_NAMES } from './workbook.words.ts'

/** Days and periods of an intake's week; `numbers` says how people count each period. */
export type Grid = { readonly days: readonly string[]; readonly numbers: readonly number[] }

/** Five days, or as many as the given timetable uses, and periods from the first bell to the last. */
export function gridOf({ bells, timetable }: IntakeData): Grid {
  const lastDay = Math.max(5, ...timetable.map(({ weekday }) => weekday))
  const periods = [...bells, ...timetable].map(({ period }) => period)
  const first = Math.min(1, ...periods)
  const count = Math.max(1, ...periods) - first + 1
  return {
    days: DAY_NAMES.slice(0, lastDay),
    numbers: Array.from({ length: count }, (_, index) => first + index),
  }
}

/** Index of a slot of the grid, or null outside it. */
export function slotAt({ days, numbers }: Grid, weekday: number, period: number): number | null {
  const index = numbers.indexOf(period)
  return index < 0 || weekday > days.length ? null : (weekday - 1) * numbers.length + index
}

/** Bells of the intake, and where a grade has none the time the given timetable uses. */
export function bellsOf({ bells, timetable, classes }: IntakeData, grid: Grid): NormBell[] {
  const rung = bells.map(({ grades, period, startsAt, endsAt, extracurricular }) => ({
    grades,
    period: grid.numbers.indexOf(period),
    number: period,
    startsAt: minutesOf(startsAt),
    endsAt: minutesOf(endsAt),
    extracurricular,
  }))
  const known = new Set(rung.flatMap(({ grades, number }) => grades.map((grade) => `${grade}|${number}`)))
  const learned = timetable.flatMap(({ classKey, period, startsAt, endsAt }) => {
    const grades = classes.find(({ key }) => key === classKey)?.grades ?? []
    const [grade = 0] = grades
    if (known.has(`${grade}|${period}`)) return []
    known.add(`${grade}|${period}`)
    const times = { startsAt: minutesOf(startsAt), endsAt: minutesOf(endsAt) }
    return [{ grades, period: grid.numbers.indexOf(period), number: period, ...times, extracurricular: true }]
  })
  return [...rung, ...learned]
}

/** Slots of a day in which somebody is busy from one time to another, by the bells given. */
export function slotsDuring(
  grid: Grid,
  bells: readonly NormBell[],
  { weekday, startsAt, endsAt }: { weekday: number; startsAt: string; endsAt: string },
): number[] {
  if (weekday > grid.days.length) return []
  const [from, to] = [minutesOf(startsAt), minutesOf(endsAt)]
  const periods = bells.filter((bell) => bell.startsAt < to && from < bell.endsAt).map(({ period }) => period)
  return [...new Set(periods)].sort((a, b) => a - b).map((at) => (weekday - 1) * grid.numbers.length + at)
}

/** Bells a class goes by: those of its first grade, and for other periods those of anybody. */
export function bellsOfClass(bells: readonly NormBell[], { grades }: Pick<NormClass, 'grades'>): NormBell[] {
  const own = bells.filter((bell) => bell.grades.includes(grades[0] ?? 0))
  const periods = new Set(own.map(({ period }) => period))
  return [...own, ...bells.filter(({ period }) => !periods.has(period))]
}
