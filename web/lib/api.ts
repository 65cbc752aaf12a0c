import type { Problem } from '#contract/problem.ts'
import { waitForCode } from './code-gate.ts'
import { newId } from './identifiers.ts'
import { refusalText } from './refusals.ts'
import { waitForSignIn } from './sign-in-gate.ts'
import { createStore } from './store.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** What came back: `status` 0 means that nothing did. `retryAfter` is in milliseconds. */
export type Answer = { status: number; body: unknown; retryAfter: number | null }

/** An answer that is not a success, with a Russian sentence ready to be shown as `message`. */
export class ApiProblem extends Error {
  readonly status: number
  readonly problem: Problem
  constructor(status: number, problem: Problem) {
    super(refusalText(problem))
    this.name = 'ApiProblem'
    this.status = status
    this.problem = problem
  }
  /** The message for one field of a form, when the server named it. */
  faultOf(path: string): string | undefined {
    return this.problem.faults?.find((fault) => fault.path === path)?.message
  }
}

/** The restore after which this page has read the journal; undefined before it knows. */
export const readAfter = createStore<string | null | undefined>(undefined)

type Options = {
  body?: unknown
  /** One per intention: the same id again never writes twice. Made here when the caller has none. */
  operationId?: string
  signal?: AbortSignal
  /** Whether an ended session opens the sign-in dialog. Signing in itself must not. */
  signInOnTheSpot?: boolean
}

const ATTEMPTS = 4
// A crowded server has said itself when to come again, and whoever only reads has nobody else to do it for them.
const ATTEMPTS_IN_LINE = 10
const BUSY = [0, 429, 502, 503, 504]

/** How many requests of this page wait because a crowded server has told them to come again. */
export const inLine = createStore(0)

/** Asks the server and gives its answer; waits out a busy server and an ended session; throws ApiProblem. */
export async function call<Body>(method: Method, path: string, options: Options = {}): Promise<Body> {
  const operationId = method === 'GET' ? null : (options.operationId ?? newId())
  let attempt = 1
  for (;;) {
    const restore = operationId === null ? undefined : readAfter.get()
    const answer = await send(method, path, { ...options, operationId, restore })
    if (answer.status >= 200 && answer.status < 300) return answer.body as Body
    await waitToRepeat(method, answer, attempt, options.signInOnTheSpot !== false)
    attempt += 1
  }
}

/** Settles when the request is worth repeating; throws the problem when it is not. */
async function waitToRepeat(
  method: Method,
  answer: Answer,
  attempt: number,
  signInOnTheSpot: boolean,
): Promise<void> {
  if (answer.status === 401 && signInOnTheSpot) return waitForSignIn()
  if (BUSY.includes(answer.status) && attempt < attemptsAt(method, answer)) {
    const again = pause(delay(attempt, answer.retryAfter))
    return isCrowded(answer) ? standInLine(again) : again
  }
  const problem = problemOf(answer)
  // Asked on the spot and sent again under the same id: what was typed stands where it stood.
  if (problem.refusal === 'code-needed' && (await waitForCode())) return
  // Whoever only reads has typed nothing that could have stayed on the page.
  if (method === 'GET' && problem.refusal === 'no-connection') problem.refusal = 'not-loaded'
  throw new ApiProblem(answer.status, problem)
}

const isCrowded = (answer: Answer): boolean => answer.status === 503 && problemOf(answer).refusal === 'busy'

const attemptsAt = (method: Method, answer: Answer): number =>
  method === 'GET' && isCrowded(answer) ? ATTEMPTS_IN_LINE : ATTEMPTS

async function standInLine(turn: Promise<void>): Promise<void> {
  inLine.set(inLine.get() + 1)
  await turn
  inLine.set(inLine.get() - 1)
}

type Sending = {
  body?: unknown
  operationId?: string | null
  /** Whose doing it is: the server refuses it as signed out when another account has the session by now. */
  accountId?: string
  /** The restore after which that was read over which it was typed; the server refuses it after a later one. */
  restore?: string | null | undefined
  signal?: AbortSignal
}

/** One request, no second try: for those who keep their own order of tries. */
export async function send(method: Method, path: string, sending: Sending): Promise<Answer> {
  const { body, signal } = sending
  const headers = headersOf(sending)
  const request: RequestInit = { method, headers, credentials: 'same-origin' }
  if (body !== undefined) request.body = JSON.stringify(body)
  if (signal) request.signal = signal
  try {
    const response = await fetch(path, request)
    const body = await bodyOf(response)
    // Every success of ours is JSON; a page with status 200 is a network's sign-in or a proxy, and saved nothing.
    const status = response.ok && body === null ? 0 : response.status
    return { status, body, retryAfter: retryAfter(response) }
  } catch (failure) {
    if (signal?.aborted) throw failure
    return { status: 0, body: null, retryAfter: null }
  }
}

function headersOf({ body, operationId, accountId, restore }: Sending): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(operationId && { 'Idempotency-Key': operationId }),
    ...(accountId && { 'X-Account': accountId }),
    ...(restore !== undefined && { 'X-Restore': restore ?? 'none' }),
  }
}

/** The problem an answer carries; a proxy's page or silence becomes one of ours. */
export function problemOf({ status, body }: Answer): Problem {
  if (isProblem(body)) return body
  const refusals: Record<number, string> = {
    0: 'no-connection',
    413: 'too-large',
    429: 'too-many-requests',
    503: 'busy',
  }
  return { refusal: refusals[status] ?? 'failure', message: '' }
}

/** Milliseconds before the next try: what the server asked for and a while more, longer each time, never all at once. */
export function delay(attempt: number, asked: number | null, chance = Math.random()): number {
  const growing = Math.min(30_000, 500 * 2 ** (attempt - 1))
  return (asked ?? 0) + growing / 2 + (growing / 2) * chance
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'refusal' in body && typeof body.refusal === 'string'
}

async function bodyOf(response: Response): Promise<unknown> {
  if (!response.headers.get('content-type')?.includes('json')) return null
  return response.json().catch(() => null)
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after'))
  return seconds > 0 ? seconds * 1000 : null
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
