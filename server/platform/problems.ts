import { z } from 'zod'
import type { Refusal } from '#domain/refusal.ts'
import { refusalWords } from '#domain/refusal.words.ts'
import { NotFound, Refused } from './errors.ts'
import { incidentNumber } from './ids.ts'

type Fault = { path: string; message: string }
export type Answer = { status: number; body: Record<string, unknown>; retryAfter?: number; incident?: string }

const STATUS: Partial<Record<Refusal, number>> = {
  'bad-shape': 400,
  'operation-missing': 400,
  'signed-out': 401,
  'wrong-login-or-password': 401,
  'half-session-over': 401,
  'foreign-origin': 403,
  'not-found': 404,
  'too-large': 413,
  'operation-reused': 422,
  'too-many-requests': 429,
  'too-many-failures': 429,
  failure: 500,
  busy: 503,
  restarting: 503,
  restoring: 503,
  carrying: 503,
  'disk-full': 503,
  'database-away': 503,
  'not-durable': 503,
  'too-slow': 408,
  'clock-behind': 503,
}
const RETRY_AFTER_S: Partial<Record<Refusal, number>> = {
  busy: 2,
  restarting: 5,
  restoring: 5,
  carrying: 5,
  'disk-full': 30,
  'database-away': 5,
  'not-durable': 30,
  'clock-behind': 60,
  'too-many-requests': 5,
  'too-many-failures': 60,
}

/** PostgreSQL's own refusals that mean something to a person; everything else is our failure. */
const CODE: Record<string, Refusal> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_VALIDATION: 'bad-shape',
  FST_STATIC_FORBIDDEN_PATH: 'not-found',
  // Text that PostgreSQL cannot hold, such as U+0000, is a badly shaped request.
  '22021': 'bad-shape',
  '22P05': 'bad-shape',
  '22P02': 'bad-shape',
  // So are a number that no column holds and a moment outside the calendar.
  '22003': 'bad-shape',
  '22008': 'bad-shape',
  '23P01': 'version-conflict',
  '23505': 'version-conflict',
  '40001': 'busy',
  '40P01': 'busy',
  ZH002: 'clock-behind',
  '53100': 'disk-full',
  ENOSPC: 'disk-full',
  '53300': 'busy',
  '55P03': 'busy',
  // Statement and lock time-outs of PostgreSQL itself: it answers, only not in time.
  '57014': 'busy',
  '57P01': 'database-away',
  '57P02': 'database-away',
  '57P03': 'database-away',
  '08003': 'database-away',
  '08006': 'database-away',
  ECONNREFUSED: 'database-away',
  ECONNRESET: 'database-away',
  ENOENT: 'database-away',
  EPIPE: 'database-away',
  ETIMEDOUT: 'database-away',
}

const CONSTRAINT: Record<string, Refusal> = {
  member_on_the_day: 'student-not-in-group',
  period_open: 'period-closed',
  account_login: 'login-taken',
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code ?? '') : ''
const constraintOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'constraint' in error ? String(error.constraint ?? '') : ''

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal
  if (error instanceof NotFound) return 'not-found'
  if (error instanceof z.ZodError) return 'bad-shape'
  const known = CONSTRAINT[constraintOf(error)] ?? CODE[codeOf(error)]
  if (known) return known
  return libraryRefusal(error) ?? (isConnectionLoss(error) ? 'database-away' : 'failure')
}

/** A library that says no with a status of its own has not failed: no incident, and no stack in the log. */
function libraryRefusal(error: unknown): Refusal | null {
  const given = (error as { statusCode?: unknown } | null)?.statusCode
  if (typeof given !== 'number' || given < 400 || given > 499) return null
  return given === 403 || given === 404 ? 'not-found' : 'bad-shape'
}

const isConnectionLoss = (error: unknown): boolean =>
  error instanceof Error &&
  /Connection terminated|is not queryable|[Qq]uery read timeout|timeout exceeded when trying to connect/.test(
    error.message,
  )

const faultsOf = (error: z.ZodError): Fault[] =>
  error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), message: issue.message }))

/** What is answered instead of a success: a status and a body that tells a person what to do. */
export function answerFor(error: unknown): Answer {
  const refusal = refusalOf(error)
  const body: Record<string, unknown> = {
    refusal,
    message: refusalWords[refusal],
    ...detailOf(error, refusal),
  }
  const answer: Answer = { status: STATUS[refusal] ?? 409, body }
  const told = error instanceof Refused ? error.detail.retryAfterS : undefined
  const retryAfter = told ?? RETRY_AFTER_S[refusal]
  if (retryAfter) answer.retryAfter = retryAfter
  if (refusal === 'failure') {
    answer.incident = incidentNumber()
    body.incident = answer.incident
  }
  return answer
}

function detailOf(error: unknown, refusal: Refusal): Record<string, unknown> {
  if (error instanceof z.ZodError) return { faults: faultsOf(error) }
  if (!(error instanceof Refused)) return {}
  const { path, cells, current, currentRecord, sameHour, people, faults: named } = error.detail
  const faults = named ?? (path ? [{ path, message: refusalWords[refusal] }] : null)
  return {
    ...(cells && { cells }),
    ...(current && { current }),
    ...(currentRecord && { currentRecord }),
    ...(sameHour && { sameHour }),
    ...(people && { people }),
    ...(faults && { faults }),
  }
}

/** What the log may know of a failure: never a message, since PostgreSQL puts values into it. */
export function traceOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { kind: error.name, code: codeOf(error), constraint: constraintOf(error), at: frames.slice(0, 8) }
}
