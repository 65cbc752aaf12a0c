import type { Activity, TimetableProblem } from '#domain/timetable/problem.ts'

/** What everything of a problem is called in a file of FET, where names are unique and activities have numbers. */
export type WrittenNames = {
  readonly days: readonly string[]
  readonly periods: readonly string[]
  readonly teachers: readonly string[]
  readonly subjects: readonly string[]
  readonly rooms: readonly string[]
  readonly buildings: readonly string[]
  readonly sets: readonly string[]
  readonly atoms: readonly string[]
  /** Of activities, by index. */
  readonly ids: Int32Array
  /** Indices of activities in the order of their numbers. */
  readonly order: readonly number[]
}

export function nameAll(problem: TimetableProblem): WrittenNames {
  const { days, periods, teachers, subjects, rooms, buildings, studentSets, atoms, activities } = problem
  const sets = unique(studentSets.map(({ name }) => name))
  const order = numbered(activities)
  const ids = new Int32Array(activities.length)
  for (const [at, index] of order.entries()) ids[index] = at + 1
  // An atom that is a set by itself bears its name; any other needs one that no set has.
  const own = atoms.map((_, atom) =>
    studentSets.findIndex((set) => set.atoms.length === 1 && set.atoms[0] === atom),
  )
  const named = unique([...sets, ...atoms.map(({ name }) => name)]).slice(sets.length)
  return {
    ...{
      days: unique(days),
      periods: unique(periods),
      subjects: unique(subjects),
      buildings: unique(buildings),
    },
    ...{ teachers: unique(teachers.map(({ name }) => name)), rooms: unique(rooms.map(({ name }) => name)) },
    ...{ sets, ids, order, atoms: atoms.map((_, atom) => sets[own[atom] ?? -1] ?? named[atom] ?? '') },
  }
}

/** FET tells the parts of a divided activity by numbers in a row, so cards of a group come one after another. */
function numbered(activities: readonly Activity[]): number[] {
  const groups = new Map<string, number[]>()
  for (const [index, { group }] of activities.entries()) {
    const key = group === null ? `alone ${index}` : `group ${group}`
    groups.set(key, [...(groups.get(key) ?? []), index])
  }
  const part = (index: number) => activities[index]?.part ?? 0
  return [...groups.values()].flatMap((cards) => cards.sort((a, b) => part(a) - part(b)))
}

/** The names, each once: a repeated or empty one gets a number. */
export function unique(names: readonly string[]): string[] {
  const taken = new Set(names)
  const given = new Set<string>()
  return names.map((name) => {
    let own = name
    for (let number = 2; own.trim() === '' || given.has(own) || (own !== name && taken.has(own)); number++)
      own = `${name} (${number})`
    given.add(own)
    return own
  })
}
