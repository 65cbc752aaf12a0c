import { queryOptions } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { SessionView, SignInAnswer } from '#contract/session.ts'
import type { Role } from '#domain/access/access.ts'
import { ApiProblem, call } from './api.ts'
import { forgetKept } from './kept.ts'

/** Who is signed in, what the organisation is, and what «today» is there. */
export type Session = Omit<SessionView, 'roles'> & { roles: Role[] }

/** The current session; null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await call<Session>('GET', '/api/session', { signInOnTheSpot: false })
    } catch (failure) {
      if (failure instanceof ApiProblem && failure.status === 401) return null
      throw failure
    }
  },
  staleTime: 5 * 60_000,
})

export const SessionContext = createContext<Session | null>(null)

/** The session inside the signed-in part of the product. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('used outside the signed-in part')
  return session
}

export function hasRole(session: Session, ...roles: Role[]): boolean {
  return session.roles.some((role) => roles.includes(role))
}

/** What goes back with the code of an account that has a second factor; null: the session is open. */
export async function signIn(login: string, password: string): Promise<string | null> {
  const body = { login, password }
  const answer = await call<SignInAnswer>('POST', '/api/session', { body, signInOnTheSpot: false })
  return 'half' in answer ? answer.half : null
}

/** The second step of signing in. */
export async function finishSignIn(half: string, code: string): Promise<void> {
  await call('POST', '/api/session/code', { body: { half, code }, signInOnTheSpot: false })
}

export async function signOut(): Promise<void> {
  forgetKept()
  await call('DELETE', '/api/session', { signInOnTheSpot: false })
}
