import { HARD } from '../../constraint.ts'
import { atomsOf } from '../../problem.ts'
import type { Draft } from './draft.ts'
import { sameStart } from './pairs.ts'

/** Which activities move as one card. */
type Cards = { readonly cardOf: Int32Array; readonly members: readonly (readonly number[])[] }

/**
 * Activities that must start together become one card. Those who share a person never can; they stay apart,
 * and the condition stays a condition, so that only one of them is left out. So do those of whom some are locked:
 * a lock holds where it is though the others may not come there, and never holds another.
 */
export function makeCards(draft: Draft, locked: ReadonlySet<number>): Cards {
  const { activities } = draft.problem
  const { parent, find } = unions(activities.length)
  const people = new Map<number, Set<number>>()
  const held = heldByLocks(draft, locked)
  const peopleOf = (root: number): Set<number> => people.get(root) ?? peopleOfOne(draft, root)
  for (const [first, other] of draft.together.flatMap(eachTwo)) {
    const [a, b] = [find(first), find(other)]
    if (a === b) continue
    const [mine, theirs] = [peopleOf(a), peopleOf(b)]
    if (held.has(first) || [...theirs].some((person) => mine.has(person)))
      draft.addPair(first, other, sameStart(HARD))
    else {
      parent[b] = a
      people.set(a, new Set([...mine, ...theirs]))
    }
  }
  const cardOf = new Int32Array(activities.length)
  const members: number[][] = []
  const cardOfRoot = new Map<number, number>()
  activities.forEach((_, index) => {
    const root = find(index)
    const card = cardOfRoot.get(root) ?? members.push([]) - 1
    cardOfRoot.set(root, card)
    cardOf[index] = card
    members[card]?.push(index)
  })
  return { cardOf, members }
}

/** Sets that are joined one by one; `find` tells the one that stands for a set. */
function unions(count: number) {
  const parent = Int32Array.from({ length: count }, (_, index) => index)
  const find = (index: number): number => {
    let root = index
    while (parent[root] !== root) root = parent[root] ?? root
    parent[index] = root
    return root
  }
  return { parent, find }
}

/** Activities tied to a locked one, by however many conditions in between. */
function heldByLocks(draft: Draft, locked: ReadonlySet<number>): ReadonlySet<number> {
  if (locked.size === 0) return locked
  const { parent, find } = unions(draft.problem.activities.length)
  for (const [first, other] of draft.together.flatMap(eachTwo)) parent[find(other)] = find(first)
  const roots = new Set([...locked].map(find))
  return new Set([...draft.problem.activities.keys()].filter((index) => roots.has(find(index))))
}

function peopleOfOne(draft: Draft, index: number): Set<number> {
  const activity = draft.problem.activities[index]
  if (!activity) return new Set()
  return new Set([
    ...activity.teachers,
    ...atomsOf(draft.problem, activity).map((atom) => draft.atomLine(atom)),
  ])
}

function eachTwo(list: readonly number[]): [number, number][] {
  return list.flatMap((first, index) =>
    list.slice(index + 1).map((other): [number, number] => [first, other]),
  )
}
