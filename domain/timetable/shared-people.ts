import type { People } from './constraint.ts'
import { atomsOf, type TimetableProblem } from './problem.ts'

/** Every activity of `before` with every other of `after` that one of the people has too, each pair once. */
export function pairsSharing(
  problem: TimetableProblem,
  people: People,
  before: readonly number[],
  after: readonly number[],
): [before: number, after: number][] {
  const [teachers, atoms] = [new Set(people.teachers), new Set(people.atoms)]
  const membersOf = (index: number): string[] => {
    const activity = problem.activities[index]
    if (!activity) return []
    return [
      ...activity.teachers.filter((one) => teachers.has(one)).map((one) => `t${one}`),
      ...atomsOf(problem, activity).flatMap((one) => (atoms.has(one) ? `a${one}` : [])),
    ]
  }
  const having = new Map<string, number[]>()
  for (const index of after)
    for (const member of membersOf(index)) having.set(member, [...(having.get(member) ?? []), index])
  return before.flatMap((index) => {
    const others = new Set(membersOf(index).flatMap((member) => having.get(member) ?? []))
    others.delete(index)
    return [...others].map((other): [number, number] => [index, other])
  })
}
