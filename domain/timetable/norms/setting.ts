import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'

/**
 * A class as norms see it. `atoms` are busy in its lessons, each a different way through them; what follows the lessons
 * after a pause has atoms of its own, so that the pause is no window.
 */
export type NormClass = {
  readonly name: string
  /** Several when taught together. */
  readonly grades: readonly number[]
  /** All its children follow an adapted programme («класс ОВЗ»). */
  readonly adapted: boolean
  readonly shift: 1 | 2
  readonly atoms: readonly number[]
  /** Slots in which some of its children have appointments, so that nothing of the class may follow the lessons there. */
  readonly appointed?: readonly number[]
}

/** What a card is: a lesson of the curriculum, extracurricular («внеурочная деятельность») or corrective. */
export type CardPart = 'lesson' | 'extracurricular' | 'corrective'

/** A card of a class; `subject` is its name in the curriculum. `amongLessons`: stands in the row of lessons whatever it is. */
export type NormCard = {
  readonly activity: number
  readonly class: number
  readonly subject: string
  readonly part: CardPart
  readonly amongLessons: boolean
}

/** When a period is for some grades: minutes since midnight. `number` is how people count it, 0 for a zero lesson. */
export type NormBell = {
  readonly grades: readonly number[]
  readonly period: number
  readonly number: number
  readonly startsAt: number
  readonly endsAt: number
  readonly extracurricular: boolean
}

/** What norms need to know of a timetable besides its problem; `month` (1 to 12) decides the regime of grade 1. */
export type NormSetting = {
  readonly classes: readonly NormClass[]
  readonly cards: readonly NormCard[]
  readonly bells: readonly NormBell[]
  readonly month: number | null
}

/** A card where a timetable has it; cards of several lessons stand in each of them. */
export type StandingCard = NormCard & { readonly day: number; readonly period: number }

/** Cards of a class that have a place, by day and period. */
export function standingCards(
  problem: TimetableProblem,
  setting: NormSetting,
  timetable: PlacedTimetable,
  of: number,
): StandingCard[] {
  const width = problem.periods.length
  return setting.cards
    .filter((card) => card.class === of)
    .flatMap((card) => {
      const start = timetable.start[card.activity] ?? NOWHERE
      if (start === NOWHERE) return []
      const length = problem.activities[card.activity]?.length ?? 1
      const day = Math.floor(start / width)
      return Array.from({ length }, (_, step) => ({ ...card, day, period: (start % width) + step }))
    })
    .sort((a, b) => a.day - b.day || a.period - b.period)
}

/** The bell of a class at a period: of its first grade, or of any when that grade has none. */
export function bellOf(setting: NormSetting, klass: NormClass, period: number): NormBell | null {
  const [grade = 0] = klass.grades
  const bells = setting.bells.filter((bell) => bell.period === period)
  return bells.find(({ grades }) => grades.includes(grade)) ?? bells[0] ?? null
}

/** Periods in which a class may have lessons, ascending: those of its own bells that are for lessons. */
export function lessonPeriods(setting: NormSetting, klass: NormClass): number[] {
  const [grade = 0] = klass.grades
  return setting.bells
    .filter(({ grades, extracurricular, number }) => grades.includes(grade) && !extracurricular && number > 0)
    .map(({ period }) => period)
    .sort((a, b) => a - b)
}
