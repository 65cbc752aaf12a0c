import type { Constraint, ConstraintKind, People } from '../../constraint.ts'
import { bitsBetween } from '../bits.ts'
import type { RULE } from '../tables.ts'
import { type Draft, type LineDraft, POINT } from './draft.ts'

type Asked<K extends ConstraintKind> = Constraint & { readonly kind: K }
type Rule = { kind: keyof typeof RULE; weight: number; a: number; b?: number }

/** Indices of the lines of people. */
export function linesOf(draft: Draft, people: People): number[] {
  return [...people.teachers, ...people.atoms.map((atom) => draft.atomLine(atom))]
}

function addRules(draft: Draft, people: People, rules: readonly Rule[], only?: readonly number[]): void {
  const some = only && new Set(only)
  for (const index of linesOf(draft, people)) {
    const own = draft.lines[index]
    if (!own) continue
    const line = some
      ? draft.addLine(
          index,
          own.uses.filter((use) => some.has(use)),
        )
      : own
    for (const { kind, weight, a, b } of rules) draft.addRule(line, kind, weight, a, b)
  }
}

export function compileAway(draft: Draft, { people, slots }: Asked<'away'>): void {
  for (const line of linesOf(draft, people))
    for (const slot of slots) {
      const away = draft.lineAway[line]
      if (away) away[slot] = 1
    }
}

export function compileGaps(draft: Draft, { people, per, atMost, weight }: Asked<'gaps'>): void {
  addRules(draft, people, [{ kind: per === 'week' ? 'gapsOfWeek' : 'gapsOfDay', weight, a: atMost }])
}

export function compileHours(draft: Draft, constraint: Asked<'hours'>): void {
  const { people, only, atMost, atLeast, emptyDaysToo, once, weight } = constraint
  const rules: Rule[] = []
  if (atMost !== undefined) rules.push({ kind: 'hoursAtMost', weight, a: atMost, b: once ? 1 : 0 })
  if (atLeast !== undefined) rules.push({ kind: 'hoursAtLeast', weight, a: atLeast, b: emptyDaysToo ? 1 : 0 })
  addRules(draft, people, rules, only)
}

export function compileRunning(draft: Draft, constraint: Asked<'running'>): void {
  const { people, only, atMost, once, weight } = constraint
  addRules(draft, people, [{ kind: 'running', weight, a: atMost, b: once ? 1 : 0 }], only)
}

export function compileDays(draft: Draft, { people, atMost, atLeast, weight }: Asked<'days'>): void {
  const rules: Rule[] = []
  if (atMost !== undefined) rules.push({ kind: 'daysAtMost', weight, a: atMost })
  if (atLeast !== undefined) rules.push({ kind: 'daysAtLeast', weight, a: atLeast })
  addRules(draft, people, rules)
}

export function compileLateStarts(draft: Draft, { people, atMost, weight }: Asked<'late-starts'>): void {
  addRules(draft, people, [{ kind: 'lateStarts', weight, a: atMost }])
}

export function compileIntervalDays(draft: Draft, constraint: Asked<'interval-days'>): void {
  const { people, from, to, atMost, weight } = constraint
  addRules(draft, people, [{ kind: 'intervalDays', weight, a: atMost, b: bitsBetween(from, to) }])
}

export function compileSpan(draft: Draft, { people, atMost, weight }: Asked<'span'>): void {
  addRules(draft, people, [{ kind: 'span', weight, a: atMost }])
}

export function compileRest(draft: Draft, { people, atLeast, weight }: Asked<'rest'>): void {
  addRules(draft, people, [{ kind: 'rest', weight, a: atLeast }])
}

export function compileDayPoints(draft: Draft, constraint: Asked<'day-points'>): void {
  const { people, points, atMost, weight } = constraint
  for (const index of linesOf(draft, people)) {
    const line = draft.lines[index]
    if (!line) continue
    const ledger = draft.ledgers.push({ uses: line.uses, points }) - 1
    const limits = Array.from({ length: draft.days }, (_, day) => Math.round((atMost[day] ?? 1e6) * POINT))
    draft.addRule(line, 'points', weight, ledger, draft.addList(limits))
  }
}

/** Lines of the students of each activity, with those of the activities that are theirs. */
function markedLines(draft: Draft, activities: readonly number[]): Map<LineDraft, number[]> {
  const marked = new Set(activities)
  const found = new Map<LineDraft, number[]>()
  for (let atom = 0; atom < draft.problem.atoms.length; atom++) {
    const line = draft.lines[draft.atomLine(atom)]
    const own = line?.uses.filter((use) => marked.has(use)) ?? []
    if (line && own.length > 0) found.set(line, own)
  }
  return found
}

export function compileDayEnds(draft: Draft, constraint: Asked<'ends-day' | 'not-last'>): void {
  const { activities, weight, kind } = constraint
  for (const [line, own] of markedLines(draft, activities)) {
    const mark = draft.marks.push(own) - 1
    draft.addRule(line, kind === 'ends-day' ? 'endsDay' : 'notLast', weight, mark)
  }
}

export function compileBuildingChanges(draft: Draft, constraint: Asked<'building-changes'>): void {
  const { people, per, atMost, weight } = constraint
  addRules(draft, people, [{ kind: per === 'week' ? 'changesOfWeek' : 'changesOfDay', weight, a: atMost }])
}

export function compileBuildingGap(draft: Draft, { people, atLeast, weight }: Asked<'building-gap'>): void {
  addRules(draft, people, [{ kind: 'buildingGap', weight, a: atLeast }])
}
