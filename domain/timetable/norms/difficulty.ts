import {
  BASIC_POINTS,
  PHYSICAL_EDUCATION,
  PRIMARY_POINTS,
  SAME_DIFFICULTY,
  UPPER_POINTS,
} from './difficulty.words.ts'

/**
 * Points of difficulty of a subject, by its name in the curriculum («шкала трудности», «СанПиН 1.2.3685-21», tables
 * 6.9–6.11); null for what the scale does not know. Of grades taught together the highest counts.
 */
export function difficultyOf(subject: string, grades: readonly number[]): number | null {
  const points = grades.map((grade) => inGrade(subject, grade)).filter((found) => found !== null)
  return points.length === 0 ? null : Math.max(...points)
}

/** The least points of a subject that is to stand at the best lessons of the day. */
export function hardFrom(grades: readonly number[]): number {
  return isPrimary(grades) ? 7 : 10
}

/** Lessons of the day, counted from 1, at which work goes best: 2 and 3 in primary school, 2 to 4 later. */
export function bestLessons(grades: readonly number[]): readonly number[] {
  return isPrimary(grades) ? [2, 3] : [2, 3, 4]
}

/** Advised sum of points of a day, a reading of the model timetables and no norm. */
export function advisedDayPoints(grades: readonly number[]): number {
  const grade = Math.min(...grades)
  if (grade === 1) return 27
  if (grade <= 4) return 32
  if (grade <= 6) return 48
  return grade <= 9 ? 50 : 55
}

/** Whether a class is of grades 1 to 4. */
export function isPrimary(grades: readonly number[]): boolean {
  return grades.every((grade) => grade <= 4)
}

/** Whether a subject is physical education, which some norms treat apart. */
export function isExercise(subject: string): boolean {
  return subject === PHYSICAL_EDUCATION
}

function inGrade(subject: string, grade: number): number | null {
  const names = SAME_DIFFICULTY.find(([pattern]) => pattern.test(subject))?.[1] ?? [subject]
  const found = names.map((name) => tablePoints(name, grade)).filter((points) => points !== null)
  return found[0] ?? null
}

function tablePoints(name: string, grade: number): number | null {
  if (grade <= 4) return PRIMARY_POINTS[name] ?? null
  if (grade <= 9) return BASIC_POINTS[name]?.[grade - 5] ?? null
  return UPPER_POINTS[name] ?? null
}
