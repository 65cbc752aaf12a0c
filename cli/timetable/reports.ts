import { placeText } from '#domain/timetable/constraints/constraints.words.ts'
import { brokenPlaces, isHardPlace, type TimetableCost } from '#domain/timetable/constraints/cost.ts'
import { checkBeforeSearch } from '#domain/timetable/explain/check-before-search.ts'
import { explanationText, findingText } from '#domain/timetable/explain/explain.words.ts'
import { explainUnplaced } from '#domain/timetable/explain/explain-unplaced.ts'
import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '#domain/timetable/problem.ts'
import type { SearchOptions } from '#domain/timetable/solver/search-api.ts'
import { weightWord } from '#domain/timetable/weight.ts'
import { WEIGHT_TEXT } from '#domain/timetable/weight.words.ts'
import { type Unsupported, unsupportedLine } from '#modules/timetable/index.ts'

const MAX_EXPLAINED = 10
const BY_IMPORTANCE = ['never', 'much', 'matters', 'little'] as const

/** What of the file the composing leaves out; empty when it is nothing. */
export function unsupportedText(unsupported: readonly Unsupported[]): string {
  return unsupported.map(unsupportedLine).join('\n')
}

/** How many cards nothing is claimed about, as they are not in every week; empty when there are none. */
export function notCheckedText(cards: readonly number[] = []): string {
  return cards.length === 0
    ? ''
    : `Не проверено: карточек не каждой недели или не всего года — ${cards.length}. В какие недели они встречаются, программа пока не сравнивает.`
}

/** What can never fit, before any search, with some cards locked; empty when nothing is known to be impossible. */
export function impossibleText(
  problem: TimetableProblem,
  locks: Pick<SearchOptions, 'from' | 'locked'> = {},
): string {
  const found = checkBeforeSearch(problem, locks).map((finding) => `  ${findingText(problem, finding)}`)
  return found.length === 0 ? '' : ['Заранее видно, что это не поместится:', ...found].join('\n')
}

/** Why cards without a place have none, and what would help; the first of them when there are many. */
export function unplacedText(problem: TimetableProblem, timetable: PlacedTimetable): string {
  const cards = problem.activities.flatMap((_, index) => (timetable.start[index] === NOWHERE ? [index] : []))
  const explained = explainUnplaced(problem, timetable, cards.slice(0, MAX_EXPLAINED))
  const rest = cards.length - explained.length
  return [
    ...explained.map((explanation) => explanationText(problem, explanation)),
    ...(rest > 0 ? [`И ещё карточек без места: ${rest}.`] : []),
  ].join('\n\n')
}

/** Every broken place in words: what may never be first, then wishes by how much they matter. */
export function brokenText(problem: TimetableProblem, timetable: PlacedTimetable): string {
  const places = brokenPlaces(problem, timetable)
  if (places.length === 0) return 'Нарушений нет.'
  const groups = new Map<string, string[]>()
  for (const place of places) {
    const weight =
      typeof place.constraint === 'number' ? problem.constraints[place.constraint]?.weight : undefined
    const word = isHardPlace(problem, place) || weight === undefined ? 'never' : weightWord(weight)
    const lines = groups.get(WEIGHT_TEXT[word]) ?? []
    groups.set(WEIGHT_TEXT[word], [...lines, `  ${placeText(problem, place)}`])
  }
  return BY_IMPORTANCE.map((word) => WEIGHT_TEXT[word])
    .flatMap((title) => (groups.has(title) ? [`Нарушено (${title}):`, ...(groups.get(title) ?? [])] : []))
    .join('\n')
}

/** Units broken of each kind of constraint; kinds that are kept are left out. */
export function unitsByKind(
  problem: TimetableProblem,
  { byConstraint }: TimetableCost,
): Record<string, number> {
  const units: Record<string, number> = {}
  problem.constraints.forEach(({ kind }, index) => {
    const amount = byConstraint[index] ?? 0
    if (amount > 0) units[kind] = (units[kind] ?? 0) + amount
  })
  return units
}
