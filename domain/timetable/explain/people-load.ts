import { type Constraint, HARD } from '../constraint.ts'
import type { PersonWeek } from '../constraints/laid.ts'
import type { TimetableProblem } from '../problem.ts'
import type { Finding, Placeable } from './finding.ts'
import type { Ground } from './ground.ts'
import { tightest } from './tightest.ts'

/** Teachers and atoms whose lessons are more than the slots, or than limits on their days allow. */
export function peopleOverfull(
  problem: TimetableProblem,
  ground: Ground,
  placeable: readonly Placeable[],
): Finding[] {
  const weeks = [...ground.laid.teachers, ...ground.laid.atoms]
  const cardsOf = new Map<string, Placeable[]>()
  for (const card of placeable)
    for (const who of card.people) {
      const name = JSON.stringify(who)
      cardsOf.set(name, [...(cardsOf.get(name) ?? []), card])
    }
  return weeks.flatMap((week): Finding[] => {
    const cards = cardsOf.get(JSON.stringify(week.who)) ?? []
    const found = tightest(cards, (slots) => slots.length)
    if (found) return [{ kind: 'overfull', who: week.who, ...found }]
    return overLimits(problem, ground, week, cards)
  })
}

function overLimits(
  problem: TimetableProblem,
  { laid }: Ground,
  week: PersonWeek,
  cards: readonly Placeable[],
): Finding[] {
  const needed = cards.reduce((sum, { length }) => sum + length, 0)
  const limits = problem.constraints.flatMap((one, index) =>
    isLimit(one) && one.weight === HARD && isAbout(one, week) ? [{ one, index }] : [],
  )
  const least = (kind: Constraint['kind']) =>
    Math.min(...limits.map(({ one }) => (one.kind === kind ? (one.atMost ?? Infinity) : Infinity)))
  const hours = Math.min(least('hours'), least('span'))
  const open = problem.days.map((_, day) => {
    const first = day * problem.periods.length
    const free = problem.periods.filter(
      (_, period) => laid.paused[first + period] === 0 && week.away[first + period] === 0,
    )
    return Math.min(free.length, hours)
  })
  const available = open
    .sort((a, b) => b - a)
    .slice(0, Math.min(open.length, least('days')))
    .reduce((sum, one) => sum + one, 0)
  if (needed <= available) return []
  return [
    { kind: 'over-limits', who: week.who, needed, available, constraints: limits.map(({ index }) => index) },
  ]
}

type Limit = Constraint & { readonly kind: 'hours' | 'days' | 'span' }

function isLimit(one: Constraint): one is Limit {
  if (one.kind === 'hours') return one.only === undefined && one.atMost !== undefined
  return one.kind === 'span' || (one.kind === 'days' && one.atMost !== undefined)
}

function isAbout({ people }: Limit, { who }: PersonWeek): boolean {
  return 'teacher' in who ? people.teachers.includes(who.teacher) : people.atoms.includes(who.atom)
}
