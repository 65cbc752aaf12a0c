import type { FastifyBaseLogger } from 'fastify'

const WHOLE_A_MINUTE = 10
const MINUTE_MS = 60_000
const MOST_KINDS = 200

type Seen = { since: number; times: number }
const seen = new Map<string, Seen>()

/**
 * Notes a failure of ours. Of failures that are alike the first ten a minute are noted whole; the rest are counted, and
 * the count stands in the next one noted, so that a flood of them fills no disk.
 */
export function logFailure(log: FastifyBaseLogger, incident: string, trace: Record<string, unknown>): void {
  const kind = JSON.stringify([
    trace.kind,
    trace.code,
    trace.constraint,
    (trace.at as string[] | undefined)?.[0],
  ])
  const now = performance.now()
  const known = seen.get(kind)
  if (known && now - known.since < MINUTE_MS) {
    known.times++
    if (known.times <= WHOLE_A_MINUTE) log.error({ incident, ...trace }, 'failure')
    return
  }
  const silent = known ? Math.max(0, known.times - WHOLE_A_MINUTE) : 0
  if (seen.size >= MOST_KINDS) seen.clear()
  seen.set(kind, { since: now, times: 1 })
  log.error({ incident, ...trace, ...(silent > 0 && { silent }) }, 'failure')
}
