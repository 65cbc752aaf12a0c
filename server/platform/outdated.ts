import type { IncomingHttpHeaders } from 'node:http'
import { Refused } from './errors.ts'

/**
 * Whether a browser sends what was typed over a journal that a restore has taken back: its versions by now may be those
 * of other records.
 */
export async function isOutdated(
  headers: IncomingHttpHeaders,
  restoreId: () => Promise<string | null>,
): Promise<boolean> {
  const typedUnder = headers['x-restore']
  return typedUnder !== undefined && typedUnder !== ((await restoreId()) ?? 'none')
}

/** Refuses what has no answer yet: under the id of another operation, or outdated. What was answered is answered again. */
export function refuseNew(state: string | null, outdated: boolean): void {
  if (state === 'other') throw new Refused('operation-reused')
  if (outdated) throw new Refused('journal-restored')
}
