import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Role, reachOf } from '#domain/access/access.ts'
import { mustSetUp, type SecondFactor, stepUpRefusal } from '#domain/access/second-factor.ts'
import type { Day } from '#domain/calendar/day.ts'
import { networkOf } from './addresses.ts'
import type { Lanes } from './admission.ts'
import type { Backups } from './backup/backups.ts'
import type { Restores } from './backup/restores.ts'
import type { Call, PublicCall } from './call.ts'
import { type Claim, claimOf, repeated, storing } from './claims.ts'
import type { Clock } from './clock.ts'
import { type Database, rows, type Statement, type Tx, transact, type Write } from './db.ts'
import type { DiskWarning } from './disk.ts'
import { NotFound, Refused } from './errors.ts'
import { logFailure } from './failure-log.ts'
import { faultWords } from './faults.words.ts'
import { createGate } from './gate.ts'
import type { Operation } from './operation.ts'
import { isOutdated, refuseNew } from './outdated.ts'
import { answerFor, traceOf } from './problems.ts'
import { SESSION_LIFE_S, sha256 } from './secrets.ts'
import { noteRefused } from './usage.ts'
import type { Vault } from './vault.ts'

z.config({ customError: faultWords })

export type Http = {
  database: Database
  clock: Clock
  vault: Vault
  diskWarning: () => DiskWarning | null
  backups: Backups | null
  restores: Restores | null
  lanes: Lanes
  /** The restore from which the journal goes on; null for one that was never restored. */
  restoreId: () => Promise<string | null>
  /** Refuses a save that PostgreSQL would not keep for certain. */
  requireDurable: () => Promise<void>
  secureCookies: boolean
  checkAnswers: boolean
}

// Twice what may wait for hashing, so that whoever signs out finds a place among those who sign in.
const PUBLIC_IN_FLIGHT = 128
const LONG_AGO = new Date(0)

export type Opened = {
  organization_id: string | null
  account_id: string
  person_id: string
  session_id: string
  roles: Role[]
  today: Day
  must_change_password: boolean
  must_accept_rules: boolean
  children: string[] | null
  has_second_factor: boolean
  confirmed_at: Date | null
  second_factor_due: Day | null
  operation_state: 'new' | 'done' | 'other' | null
  stored_status: number
  stored_answer: string
}

const OPEN_CALL = 'select * from open_call($1, $2, $3, $4, $5, $6)'

function opening(token: string, now: Date, claim: Claim | null): Statement {
  const values = [
    sha256(token),
    now,
    claim?.id ?? null,
    claim?.request ?? null,
    claim?.hash ?? null,
    claim?.locks ?? [],
  ]
  return { text: OPEN_CALL, values }
}

function signedIn(opened: Opened | undefined): Opened {
  // A person whose last role has ended is out at once, whatever the session's own life.
  if (!opened?.organization_id || opened.roles.length === 0) throw new Refused('signed-out')
  return opened
}

/** Resolves the session behind a cookie and fixes organisation, actor and clock for the transaction. */
export async function openCall(tx: Tx, token: string, now: Date): Promise<Opened> {
  const { text, values } = opening(token, now, null)
  const [opened] = await rows<Opened>(tx, text, values)
  return signedIn(opened)
}

const KNOWN_DEVICE_LIFE_S = 400 * 86_400

const deviceCookieName = (secure: boolean): string => `${cookieName(secure)}-device`

export const cookieName = (secure: boolean): string => (secure ? '__Host-zhuravl' : 'zhuravl')

/** What only the adapter can give a call: its last write, and a transaction beside it. */
type Beside = Pick<Call, 'atCommit' | 'apart'>

function refuseToWait(): never {
  throw new Error(
    'a call that is not committed by the adapter takes no last write and no transaction beside it',
  )
}

const secondFactorOf = ({ has_second_factor, confirmed_at, second_factor_due }: Opened): SecondFactor => ({
  has: has_second_factor,
  confirmedAt: confirmed_at,
  due: second_factor_due,
})

/** What the adapter has around a call. */
type Around = Pick<Call, 'tx' | 'now' | 'vault' | 'diskWarning' | 'backups' | 'restores'>

type Gated = Pick<Operation, 'access' | 'beforeAcceptance' | 'beforeSecondFactor' | 'stepUp'>

/** The actor and the world of one request, from what the session says. */
export function callOf(
  opened: Opened,
  operation: Gated,
  { tx, now, vault, diskWarning, backups, restores }: Around,
  operationId: string | null,
  { atCommit, apart }: Beside = { atCommit: refuseToWait, apart: refuseToWait },
): Call {
  const reach = reachOf(operation.access, opened.roles)
  if (reach.size === 0) throw new NotFound()
  requireAccepted(opened, operation)
  const secondFactor = secondFactorOf(opened)
  requireSecondFactor(secondFactor, operation, { today: opened.today, now })
  return {
    tx,
    reach,
    now,
    vault,
    diskWarning,
    backups,
    restores,
    operationId,
    secondFactor,
    atCommit,
    apart,
    today: opened.today,
    actor: {
      organizationId: opened.organization_id ?? '',
      accountId: opened.account_id,
      personId: opened.person_id,
      sessionId: opened.session_id,
      roles: opened.roles,
      children: opened.children,
    },
  }
}

function requireAccepted(opened: Opened, operation: Pick<Operation, 'beforeAcceptance'>): void {
  if (operation.beforeAcceptance) return
  if (opened.must_change_password) throw new Refused('password-change-needed')
  if (opened.must_accept_rules) throw new Refused('rules-acceptance-needed')
}

function requireSecondFactor(
  secondFactor: SecondFactor,
  { beforeAcceptance, beforeSecondFactor, stepUp }: Gated,
  { today, now }: { today: Day; now: Date },
): void {
  if (!beforeAcceptance && !beforeSecondFactor && mustSetUp(secondFactor, today))
    throw new Refused('second-factor-needed')
  const refusal = stepUp ? stepUpRefusal(secondFactor, now) : null
  if (refusal) throw new Refused(refusal)
}

function refuseForeignOrigin(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refused('foreign-origin')
  const origin = request.headers.origin
  if (origin !== undefined && origin.replace(/^https?:\/\//, '') !== request.headers.host)
    throw new Refused('foreign-origin')
}

// Two tabs share one cookie: what was typed in one must not be saved as whoever has signed in in the other.
function refuseOtherAccount({ headers }: FastifyRequest, { account_id }: Opened): void {
  const typedBy = headers['x-account']
  if (typedBy !== undefined && typedBy !== account_id) throw new Refused('signed-out')
}

function parseInput(operation: Operation, request: FastifyRequest): never {
  const strict = z.strictObject({})
  return {
    params: operation.params?.parse(request.params),
    query: (operation.query ?? strict).parse(request.query),
    body: operation.body?.parse(request.body),
  } as never
}

function answerText(http: Http, operation: Operation, result: unknown): string {
  return JSON.stringify(http.checkAnswers ? operation.answer.parse(result) : result)
}

async function runSignedIn(http: Http, operation: Operation, request: FastifyRequest): Promise<string> {
  const token = request.cookies[cookieName(http.secureCookies)]
  if (!token) throw new Refused('signed-out')
  const input = parseInput(operation, request)
  const claim = claimOf(operation, request, input, token)
  const now = http.clock()
  const outdated = await isOutdated(request.headers, http.restoreId)
  const scene = operation.scene?.(input)
  const first = [opening(token, now, claim), ...(scene ? [scene] : [])]
  const answered = transact<string>(http.database, first, async (tx, [found, seen = []]) => {
    const opened = signedIn(found?.[0] as Opened | undefined)
    refuseOtherAccount(request, opened)
    const last: Write[] = []
    const call = callOf(opened, operation, { ...http, tx, now }, claim?.id ?? null, {
      atCommit: (write) => last.push(write),
      apart: (work) => apart(http, work),
    })
    if (opened.operation_state === 'done') return { value: repeated(operation, opened.stored_answer) }
    refuseNew(opened.operation_state, outdated)
    const value = answerText(http, operation, await operation.run(call, input, seen))
    if (claim) last.push(storing(call, claim, operation.secret ? '{}' : value))
    return { value, last }
  })
  return answered.catch(async (error: unknown) => {
    if (error instanceof NotFound) await noteRefused(http.database, opening(token, now, null), operation.id)
    throw error
  })
}

// Nobody stands in it: opening the session once more would wait for what this call holds of it.
const apart = <T>({ database }: Http, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact(database, [], async (tx) => ({ value: await work(tx) }))

async function runPublic(
  http: Http,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const run = operation.runPublic
  if (!run) throw new NotFound()
  const input = parseInput(operation, request)
  const name = cookieName(http.secureCookies)
  const deviceName = deviceCookieName(http.secureCookies)
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: http.secureCookies } as const
  const call: PublicCall = {
    now: http.clock(),
    inTransaction: (work) => transact(http.database, [], async (tx) => ({ value: await work(tx) })),
    sessionToken: request.cookies[name] ?? null,
    knownDevice: request.cookies[deviceName] ?? null,
    keepKnownDevice: (token) => {
      reply.setCookie(deviceName, token, { ...cookie, maxAge: KNOWN_DEVICE_LIFE_S })
    },
    address: networkOf(request.ip),
    device: String(request.headers['user-agent'] ?? '').slice(0, 200),
    vault: http.vault,
    restores: http.restores,
    keepSession: (token) => {
      if (token === null) reply.setCookie(name, '', { ...cookie, expires: LONG_AGO })
      else reply.setCookie(name, token, { ...cookie, maxAge: SESSION_LIFE_S })
    },
  }
  return answerText(http, operation, await run(call, input))
}

export function sendProblem(error: unknown, reply: FastifyReply, log: FastifyBaseLogger): FastifyReply {
  const answer = answerFor(error)
  if (answer.incident) logFailure(log, answer.incident, traceOf(error))
  if (answer.retryAfter) reply.header('retry-after', String(answer.retryAfter))
  return reply.status(answer.status).type('application/json; charset=utf-8').send(JSON.stringify(answer.body))
}

/** Serves every declared operation; what is not declared does not exist. */
export function registerOperations(
  server: FastifyInstance,
  http: Http,
  operations: readonly Operation[],
): void {
  const publicGate = createGate(PUBLIC_IN_FLIGHT)
  for (const operation of operations) {
    if (operation.stream) continue
    const lane = operation.method === 'GET' ? http.lanes.read : http.lanes.save
    server.route({
      method: operation.method,
      url: operation.path,
      handler: async (request, reply) => {
        if (operation.method !== 'GET') {
          refuseForeignOrigin(request)
          await http.requireDurable()
        }
        const isGone = () => request.socket.destroyed
        const text = operation.runPublic
          ? await publicGate(() => runPublic(http, operation, request, reply))
          : await lane.run(() => runSignedIn(http, operation, request), isGone)
        return reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(text)
      },
    })
  }
}
