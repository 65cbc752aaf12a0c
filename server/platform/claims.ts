import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Call } from './call.ts'
import type { Statement } from './db.ts'
import { Refused } from './errors.ts'
import type { Operation } from './operation.ts'
import { hmac, sha256 } from './secrets.ts'

const IDEMPOTENCY_KEY = z.uuid()

/** One intention of a person, by which the same one sent again is known. */
export type Claim = { id: string; request: string; hash: Buffer; locks: string[] }

/** The claim of a request that changes something; null for one that only asks. */
export function claimOf(
  operation: Operation,
  request: FastifyRequest,
  input: never,
  token: string,
): Claim | null {
  if (operation.method === 'GET') return null
  const key = IDEMPOTENCY_KEY.safeParse(request.headers['idempotency-key'])
  if (!key.success) throw new Refused('operation-missing')
  return {
    id: key.data,
    request: `${request.method} ${request.url}`.slice(0, 400),
    hash: bodyHash(operation, request.body, token),
    locks: operation.locks(input),
  }
}

/** Tells one body from another; of a secret one only to whoever holds the session, so that what is kept opens nothing. */
function bodyHash({ secret }: Operation, body: unknown, token: string): Buffer {
  const text = JSON.stringify(body ?? null)
  return secret ? hmac(token, text) : sha256(text)
}

/** The answer of an operation that was done before; a secret is shown once, and no answer stands in for it. */
export function repeated({ secret, answer }: Operation, stored: string): string {
  if (secret && !answer.safeParse({}).success) throw new Refused('shown-once')
  return stored
}

/** Stores the answer with its operation, so that the same operation sent again gets it again. */
export function storing(call: Call, claim: Claim, answer: string): Statement {
  const text = `insert into operation (organization_id, id, account_id, request, body_hash, status, answer, at)
    values ($1, $2, $3, $4, $5, 200, $6, $7)`
  const { organizationId, accountId } = call.actor
  return { text, values: [organizationId, claim.id, accountId, claim.request, claim.hash, answer, call.now] }
}
