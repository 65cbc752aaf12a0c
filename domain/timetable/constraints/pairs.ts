import { HARD } from '../constraint.ts'
import { pairsSharing } from '../shared-people.ts'
import { follows, type LaidTimetable, type PlacedCard, placedAmong, slotsOf } from './laid.ts'
import { eachTwo, type Piece, type Place, pairPlace, placeIf } from './piece.ts'

const daysBetween = (a: PlacedCard, b: PlacedCard) => Math.abs(a.day - b.day)

export const daysApart: Piece<'days-apart'> = ({ activities, days, adjacent, weight }, laid) => {
  const short = eachTwo(laid, activities, (a, b) => days - daysBetween(a, b))
  if (!adjacent || weight === HARD) return short
  const parted = eachTwo(laid, activities, (a, b) =>
    a.day === b.day && a.end !== b.start && b.end !== a.start ? 1 : 0,
  )
  return [...short, ...parted.map((place): Place => ({ ...place, hard: true }))]
}

export const daysWithin: Piece<'days-within'> = ({ activities, days }, laid) =>
  eachTwo(laid, activities, (a, b) => daysBetween(a, b) - days)

export const perDay: Piece<'per-day'> = ({ activities, atMost }, laid) => {
  const placed = placedAmong(laid, activities)
  return laid.problem.days.flatMap((_, day) => {
    const here = placed.filter((card) => card.day === day)
    return placeIf(here.length - atMost, {
      activities: here.map(({ activity }) => activity),
      slots: here.map(({ start }) => start),
    })
  })
}

export const gapBetween: Piece<'gap-between'> = ({ activities, periods }, laid) =>
  eachTwo(laid, activities, (a, b) => {
    if (a.day !== b.day) return 0
    const between = Math.max(0, a.start < b.start ? b.start - a.end : a.start - b.end)
    return periods - between
  })

export const gapAfter: Piece<'gap-after'> = ({ people, before, after, periods }, laid) =>
  pairsSharing(laid.problem, people, before, after).flatMap(([first, second]) => {
    const [a, b] = [laid.cards[first], laid.cards[second]]
    if (!a || !b || a.day !== b.day || b.start < a.end) return []
    return placeIf(periods - (b.start - a.end), pairPlace(a, b))
  })

export const sameStart: Piece<'same-start'> = ({ activities }, laid) =>
  eachTwo(laid, activities, (a, b) => (a.start === b.start ? 0 : 1))

export const sameDay: Piece<'same-day'> = ({ activities }, laid) =>
  eachTwo(laid, activities, (a, b) => (a.day === b.day ? 0 : 1))

export const samePeriod: Piece<'same-period'> = ({ activities }, laid) => {
  const period = ({ start }: PlacedCard) => start % laid.problem.periods.length
  return eachTwo(laid, activities, (a, b) => (period(a) === period(b) ? 0 : 1))
}

export const notOverlapping: Piece<'not-overlapping'> = ({ activities }, laid) =>
  eachTwo(laid, activities, (a, b) => Math.min(a.end, b.end) - Math.max(a.start, b.start))

export const consecutive: Piece<'consecutive'> = ({ first, second }, laid) => {
  const [a, b] = [laid.cards[first], laid.cards[second]]
  return a && b ? placeIf(follows(laid, a.end, b.start) ? 0 : 1, pairPlace(a, b)) : []
}

export const ordered: Piece<'ordered'> = ({ first, second, sameDay }, laid) => {
  const [a, b] = [laid.cards[first], laid.cards[second]]
  if (!a || !b || (sameDay && a.day !== b.day)) return []
  return placeIf(b.start >= a.end ? 0 : 1, pairPlace(a, b))
}

export const grouped: Piece<'grouped'> = ({ activities }, laid) => {
  const cards = placedAmong(laid, activities)
  return placeIf(isBlock(laid, activities, cards) ? 0 : 1, {
    activities: cards.map(({ activity }) => activity),
    slots: cards.map(({ start }) => start),
  })
}

/** Whether the cards lie in one block of a day, or could when those that have no place fill what is free between. */
function isBlock(laid: LaidTimetable, activities: readonly number[], cards: readonly PlacedCard[]): boolean {
  const slots = cards.flatMap(slotsOf)
  const taken = new Set(slots)
  if (cards.some((card) => card.day !== cards[0]?.day) || taken.size < slots.length) return false
  const waiting = activities
    .filter((activity) => !laid.cards[activity])
    .reduce((sum, activity) => sum + (laid.problem.activities[activity]?.length ?? 1), 0)
  let free = 0
  for (let slot = Math.min(...slots); slot < Math.max(...slots); slot++)
    if (!taken.has(slot) && laid.paused[slot] === 0) free++
  return free <= waiting
}
