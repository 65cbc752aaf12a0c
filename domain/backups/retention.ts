/** A copy as retention sees it: its name and when it was finished, in milliseconds. */
export type AgedBackup = { name: string; to: number }

/** How many copies stay: all of the last days that have one, of the weeks before one a week. */
export type Retention = { days: number; weeks: number }

const DAY = 24 * 60 * 60 * 1000

/**
 * Which copies stay: all of the last `days` days that have one, since a later copy of the day knows nothing of the hours
 * before it, and the newest of each of the last `weeks` weeks that have one; always the newest, and always `proven`, the
 * newest that is known to be sound. `daily` are those from which every later moment can be restored too.
 */
export function retained(
  backups: readonly AgedBackup[],
  { days, weeks }: Retention,
  proven: string | null = null,
): { daily: string[]; all: string[] } {
  const newestFirst = backups.toSorted((one, other) => other.to - one.to)
  const lastDays = [...new Set(newestFirst.map(dayOf))].slice(0, Math.max(1, days))
  const daily = newestFirst.filter((one) => lastDays.includes(dayOf(one))).map(({ name }) => name)
  const weekly = newestOf(newestFirst, 7 * DAY).slice(0, weeks)
  const all = new Set([...daily, ...weekly, ...(proven === null ? [] : [proven])])
  return { daily, all: newestFirst.flatMap(({ name }) => (all.has(name) ? [name] : [])) }
}

const dayOf = ({ to }: AgedBackup): number => Math.floor(to / DAY)

function newestOf(newestFirst: readonly AgedBackup[], length: number): string[] {
  const seen = new Map<number, string>()
  for (const { name, to } of newestFirst) {
    const span = Math.floor(to / length)
    if (!seen.has(span)) seen.set(span, name)
  }
  return [...seen.values()]
}
