import type { z } from 'zod'
import type { Access } from '#domain/access/access.ts'
import type { Call, PublicCall } from './call.ts'
import type { Reading, Statement } from './db.ts'

type Shape = z.ZodType
type Of<S extends Shape | undefined> = S extends Shape ? z.infer<S> : undefined

type Described<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
  A extends Shape,
> = {
  /** Stable name such as `gradebook.read`; names the operation in the access matrix and in OpenAPI. */
  id: string
  summary: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  params?: P
  query?: Q
  body?: B
  answer: A
}

export type Input<P extends Shape | undefined, Q extends Shape | undefined, B extends Shape | undefined> = {
  params: Of<P>
  query: Of<Q>
  body: Of<B>
}

/** What the registry keeps of every operation, with its types forgotten. */
export type Operation = Described<Shape | undefined, Shape | undefined, Shape | undefined, Shape> & {
  access: Access
  /** May be used before the first password is changed and the rules are accepted. */
  beforeAcceptance: boolean
  /** May be used when a required second factor should have been set up already. */
  beforeSecondFactor: boolean
  /** Gives rights, resets or exports: whoever has a second factor has given its code within minutes (S-08). */
  stepUp: boolean
  /** Body or answer carry a password: neither a plain hash of the one nor the text of the other is kept. */
  secret: boolean
  /** Opened by its own module and never answered; declared here like any other. */
  stream?: boolean
  locks: (input: Input<undefined, undefined, undefined>) => string[]
  scene: ((input: Input<undefined, undefined, undefined>) => Statement) | null
  run: (call: Call, input: Input<undefined, undefined, undefined>, scene: unknown[]) => Promise<unknown>
  runPublic: ((call: PublicCall, input: Input<undefined, undefined, undefined>) => Promise<unknown>) | null
}

/**
 * Declares an operation of a signed-in actor. `locks` name what the operation writes (`lesson:<id>`); they are
 * taken before the first read, so a rule never judges a scene older than its lock. `scene` is a read that travels
 * behind the locks in the packet that takes them; it must find the actor by itself (`current_actor()`), and runs
 * before the actor's roles have been looked at.
 */
export function operation<
  A extends Shape,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
  S = never,
>(
  described: Described<P, Q, B, A> & {
    access: Extract<Access, { grants: unknown }>
    beforeAcceptance?: boolean
    beforeSecondFactor?: boolean
    stepUp?: boolean
    secret?: boolean
    locks?: (input: Input<P, Q, B>) => string[]
    scene?: (input: Input<P, Q, B>) => Reading<S>
    handle: (call: Call, input: Input<P, Q, B>, scene: S[]) => Promise<z.infer<A>>
  },
): Operation {
  const { handle, ...rest } = described
  // The registry holds operations of all shapes; the adapter hands each only what its own shapes parsed.
  return {
    beforeAcceptance: false,
    beforeSecondFactor: false,
    stepUp: false,
    locks: () => [],
    scene: null,
    ...rest,
    run: handle,
    runPublic: null,
  } as unknown as Operation
}

/** Declares an operation that exists for everybody, signed in or not. */
export function publicOperation<
  A extends Shape,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(
  described: Described<P, Q, B, A> & {
    access: Extract<Access, { open: 'public' }>
    handle: (call: PublicCall, input: Input<P, Q, B>) => Promise<z.infer<A>>
  },
): Operation {
  const { handle, ...rest } = described
  return {
    beforeAcceptance: true,
    beforeSecondFactor: true,
    stepUp: false,
    secret: true,
    locks: () => [],
    scene: null,
    ...rest,
    run: () => Promise.reject(new Error('a public operation has no actor')),
    runPublic: handle,
  } as unknown as Operation
}
