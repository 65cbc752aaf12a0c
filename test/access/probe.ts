import type { Operation } from '#platform/operation.ts'
import type { Rights } from './rights.ts'
import { type Actor, ids, type Stage } from './stage.ts'

/** A request that would be right for whoever may make it. */
export type Ask = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
}
export type Target = {
  ask: Ask | ((stage: Stage) => Ask | Promise<Ask>)
  /** Those to whom this object answers; to all others it does not exist. */
  may: readonly Actor[]
  /** The success is refused to everybody today for a reason of the trade. */
  neverSucceeds?: boolean
}
export type Probe = {
  targets: Record<string, Target>
  /** The same request for an object that is not there. */
  nothing?: Ask
  /** Exists for all the world, signed in or not. */
  open?: boolean
  /** Also used before the first password is changed and the rules are read. */
  beforeAcceptance?: boolean
}

/** Probes for operations on one object: the same request for each of the objects, and for one that is not there. */
export function on<O extends Record<string, string>>(
  objects: O,
  rights: Rights<O>,
  ask: (id: string, name: keyof O | 'nothing') => Ask,
): Probe {
  const targets = Object.fromEntries(
    Object.entries(objects).map(([name, id]): [string, Target] => [
      name,
      { ask: ask(id, name), may: rights[name] ?? [] },
    ]),
  )
  return { targets, nothing: ask(ids.nothing, 'nothing') }
}

/** A probe of an operation that is about no object but the actor. */
export const plain = (may: readonly Actor[], ask: Target['ask'] = {}): Probe => ({
  targets: { own: { ask, may } },
})

/** The address of an operation with its places filled in. */
export function addressOf(operation: Pick<Operation, 'path'>, { params = {}, query }: Ask): string {
  const path = operation.path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? ids.nothing))
  return query ? `${path}?${new URLSearchParams(query)}` : path
}

/** The request of a target on this stage. */
export const askOf = async (stage: Stage, { ask }: Target): Promise<Ask> =>
  typeof ask === 'function' ? ask(stage) : ask
