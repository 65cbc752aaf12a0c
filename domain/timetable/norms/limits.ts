/** Lessons a week that a grade may have, by five and six days («СанПиН 1.2.3685-21»); grade 1 studies five days. */
const WEEKLY: readonly (readonly [upTo: number, fiveDays: number, sixDays: number])[] = [
  [1, 21, 21],
  [4, 23, 26],
  [5, 29, 32],
  [6, 30, 33],
  [7, 32, 35],
  [9, 33, 36],
  [11, 34, 37],
]

/** Lessons a day, and what one day a week may have when one of its lessons is physical education. */
export type DailyLoad = { readonly usual: number; readonly once: number }

/**
 * Lessons a week for the youngest grade taught here. `month` is 1 to 12, or null for the usual regime: grade 1 has
 * 15 a week in September and October.
 */
export function weeklyLoad(grades: readonly number[], days: number, month: number | null): number {
  const grade = Math.min(...grades)
  if (grade === 1 && isFirstStep(month)) return 15
  const row = WEEKLY.find(([upTo]) => grade <= upTo)
  return row?.[days >= 6 ? 2 : 1] ?? 37
}

/** Lessons a day: 3 for grade 1 in its first two months, then 4 and once 5; 5 and once 6 to grade 4; 6; 7. */
export function dailyLoad(grades: readonly number[], month: number | null): DailyLoad {
  const grade = Math.min(...grades)
  if (grade === 1) return isFirstStep(month) ? { usual: 3, once: 3 } : { usual: 4, once: 5 }
  if (grade <= 4) return { usual: 5, once: 6 }
  return grade <= 6 ? { usual: 6, once: 6 } : { usual: 7, once: 7 }
}

/** Minutes a lesson may take: 35 in grade 1 to December and 40 after, 40 in adapted classes, else 45. */
export function lessonMinutes(grades: readonly number[], adapted: boolean, month: number | null): number {
  if (grades.includes(1)) return month !== null && month >= 9 ? 35 : 40
  return adapted ? 40 : 45
}

/** Whether a class may only study in the first shift («СП 2.4.3648-20, п. 3.4.15»). */
export function firstShiftOnly(grades: readonly number[], adapted: boolean): boolean {
  return adapted || grades.some((grade) => [1, 5, 9, 10, 11].includes(grade))
}

/** Minutes: the shortest break, a long one, the pause of grade 1, the pause before what follows the lessons. */
export const SHORT_BREAK = 10
export const LONG_BREAK = 20
export const DYNAMIC_PAUSE = 40
export const LATER_PAUSE = 30

/** Minutes since midnight between which all lessons lie. */
export const DAY_FROM = 8 * 60
export const DAY_TO = 19 * 60

/** Hours a week of «внеурочная деятельность», and windows of a teacher in a row. */
export const LATER_HOURS = 10
export const TEACHER_WINDOWS = 2

function isFirstStep(month: number | null): boolean {
  return month === 9 || month === 10
}
