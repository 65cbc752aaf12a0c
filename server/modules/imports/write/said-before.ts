import { sha256 } from '#platform/secrets.ts'
import type { Row } from './records.ts'

type Hashes = Record<string, string>

/**
 * What the columns of one row said to earlier imports: when the journal last took them, and of a record of the centre
 * what the tables of each intake said. The folder of an earlier intake, read once more, does not undo what the folder of
 * a later one has brought.
 */
export type Said = { last: Hashes; by: Record<string, Hashes> }

const hashOf = (value: unknown): string => sha256(JSON.stringify(value)).toString('base64url')

/** What each column says, short enough to be kept for every row. */
export const hashesOf = (row: Row): Hashes =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, hashOf(value ?? null).slice(0, 10)]))

/** What was kept of a row; nothing of one that is new. */
export function saidBefore(kept: string | undefined): Said {
  const all = kept?.startsWith('{') ? (JSON.parse(kept) as Record<string, string | Hashes>) : {}
  const entries = Object.entries(all)
  return {
    last: Object.fromEntries(entries.filter((one): one is [string, string] => typeof one[1] === 'string')),
    by: Object.fromEntries(entries.filter((one): one is [string, Hashes] => typeof one[1] !== 'string')),
  }
}

/** Columns that say something else than the tables of this intake, or the last ones, said before. */
export function newsIn({ last, by }: Said, hashes: Hashes, intakeId: string | null): string[] {
  const own = { ...last, ...(intakeId === null ? {} : by[intakeId]) }
  return Object.keys(hashes).filter((name) => own[name] !== hashes[name])
}

type Now = { hashes: Hashes; news: string[]; intakeId: string | null }

/** What is kept of the row from now on. */
export function keptAfter({ last, by }: Said, { hashes, news, intakeId }: Now): string {
  const taken = Object.fromEntries(news.map((name) => [name, hashes[name]]))
  const own = intakeId === null ? {} : { [intakeId]: { ...by[intakeId], ...hashes } }
  return JSON.stringify({ ...last, ...taken, ...by, ...own })
}

/** Whether a whole row says what the first release, which kept one hash of it, has read. */
export function isWholeRow(kept: string | undefined, row: Row): boolean {
  if (kept === undefined || kept.startsWith('{')) return false
  const entries = Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1))
  return hashOf(entries) === kept
}
