import { type Constraint, type ConstraintKind, HARD } from '../../constraint.ts'
import { pairsSharing } from '../../shared-people.ts'
import type { Draft, PairForm } from './draft.ts'

type Asked<K extends ConstraintKind> = Constraint & { readonly kind: K }
type Units = (a: number, b: number, lengthA: number, lengthB: number) => number

/** A hard unit is counted in the high byte. */
const HARD_UNIT = 256

function form(key: string, weight: number, units: Units): PairForm {
  const worth = weight === HARD ? HARD_UNIT : 1
  return {
    key: `${key} ${weight}`,
    weight: weight === HARD ? 0 : weight,
    code: (a, b, lengthA, lengthB) => worth * Math.min(255, units(a, b, lengthA, lengthB)),
  }
}

function eachTwo(draft: Draft, activities: readonly number[], pairForm: PairForm): void {
  activities.forEach((a, index) => {
    for (const b of activities.slice(index + 1)) draft.addPair(a, b, pairForm)
  })
}

export function compileDaysApart(draft: Draft, constraint: Asked<'days-apart'>): void {
  const { days, adjacent, weight } = constraint
  const dayOf = (slot: number) => Math.floor(slot / draft.periods)
  const short = form('', weight, (a, b) => Math.max(0, days - Math.abs(dayOf(a) - dayOf(b))))
  // Being apart may be a wish, but two of one day that are not adjacent are never allowed: so FET reads it.
  const parted: Units = (a, b, lengthA, lengthB) =>
    Number(dayOf(a) === dayOf(b) && a + lengthA !== b && b + lengthB !== a)
  const pairForm: PairForm = {
    key: `days-apart ${days} ${adjacent} ${weight}`,
    weight: short.weight,
    code: (a, b, lengthA, lengthB) =>
      short.code(a, b, lengthA, lengthB) +
      (adjacent && weight !== HARD ? HARD_UNIT * parted(a, b, lengthA, lengthB) : 0),
  }
  eachTwo(draft, constraint.activities, pairForm)
}

export function compileDaysWithin(draft: Draft, constraint: Asked<'days-within'>): void {
  const { periods } = draft
  const units: Units = (a, b) =>
    Math.max(0, Math.abs(Math.floor(a / periods) - Math.floor(b / periods)) - constraint.days)
  eachTwo(draft, constraint.activities, form(`days-within ${constraint.days}`, constraint.weight, units))
}

export function compileGapBetween(draft: Draft, constraint: Asked<'gap-between'>): void {
  const units: Units = (a, b, lengthA, lengthB) => {
    if (Math.floor(a / draft.periods) !== Math.floor(b / draft.periods)) return 0
    const between = a < b ? b - a - lengthA : a - b - lengthB
    return Math.max(0, Math.min(constraint.periods, constraint.periods - between))
  }
  eachTwo(draft, constraint.activities, form(`gap-between ${constraint.periods}`, constraint.weight, units))
}

export function compileGapAfter(draft: Draft, constraint: Asked<'gap-after'>): void {
  const { people, before, after, periods, weight } = constraint
  const units: Units = (a, b, lengthA) => {
    const between = b - a - lengthA
    const oneDay = Math.floor(a / draft.periods) === Math.floor(b / draft.periods)
    return oneDay && between >= 0 ? Math.max(0, periods - between) : 0
  }
  const pairForm = form(`gap-after ${periods}`, weight, units)
  for (const [a, b] of pairsSharing(draft.problem, people, before, after)) draft.addPair(a, b, pairForm)
}

export function compileSameStart(draft: Draft, constraint: Asked<'same-start'>): void {
  if (constraint.weight === HARD) draft.together.push(constraint.activities)
  else eachTwo(draft, constraint.activities, sameStart(constraint.weight))
}

/** As a condition on two, for activities that cannot be made one card. */
export function sameStart(weight: number): PairForm {
  return form('same-start', weight, (a, b) => Number(a !== b))
}

export function compileSameDay(draft: Draft, constraint: Asked<'same-day'>): void {
  const units: Units = (a, b) => Number(Math.floor(a / draft.periods) !== Math.floor(b / draft.periods))
  eachTwo(draft, constraint.activities, form('same-day', constraint.weight, units))
}

export function compileSamePeriod(draft: Draft, constraint: Asked<'same-period'>): void {
  const units: Units = (a, b) => Number(a % draft.periods !== b % draft.periods)
  eachTwo(draft, constraint.activities, form('same-period', constraint.weight, units))
}

export function compileNotOverlapping(draft: Draft, constraint: Asked<'not-overlapping'>): void {
  const units: Units = (a, b, lengthA, lengthB) =>
    Math.max(0, Math.min(a + lengthA, b + lengthB) - Math.max(a, b))
  eachTwo(draft, constraint.activities, form('not-overlapping', constraint.weight, units))
}

function sameDayThen(draft: Draft, end: number, next: number): boolean {
  return (
    Math.floor((end - 1) / draft.periods) === Math.floor(next / draft.periods) && draft.follows(end, next)
  )
}

export function compileConsecutive(draft: Draft, constraint: Asked<'consecutive'>): void {
  const units: Units = (a, b, lengthA) => Number(!sameDayThen(draft, a + lengthA, b))
  draft.addPair(constraint.first, constraint.second, form('consecutive', constraint.weight, units))
}

export function compileGrouped(draft: Draft, constraint: Asked<'grouped'>): void {
  if (constraint.activities.length > 2) {
    const line = draft.addLine(-1, constraint.activities)
    draft.addRule(line, 'block', constraint.weight, draft.addSlotMasks(draft.pausedSlots()))
    return
  }
  const units: Units = (a, b, lengthA, lengthB) =>
    Number(!sameDayThen(draft, a + lengthA, b) && !sameDayThen(draft, b + lengthB, a))
  eachTwo(draft, constraint.activities, form('grouped', constraint.weight, units))
}

export function compileOrdered(draft: Draft, { first, second, sameDay, weight }: Asked<'ordered'>): void {
  const units: Units = (a, b, lengthA) => {
    const oneDay = Math.floor(a / draft.periods) === Math.floor(b / draft.periods)
    return Number(a + lengthA > b && (oneDay || !sameDay))
  }
  draft.addPair(first, second, form(`ordered ${sameDay}`, weight, units))
}
