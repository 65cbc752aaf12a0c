import type { GradingPeriod } from '#contract/grading-periods.ts'

/** A period with the classes it is of: «2 четверть, 2–9 классы». */
export const periodName = ({ name, gradeFrom, gradeTo }: GradingPeriod): string =>
  gradeFrom === gradeTo ? `${name}, ${gradeFrom} класс` : `${name}, ${gradeFrom}–${gradeTo} классы`
