import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { Button } from '#ui/button.tsx'
import { EmptyState, Skeleton } from '#ui/layout.tsx'
import { unsaved } from '#ui/unsaved.ts'
import { inLine } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import { meet } from '#web/restored.ts'
import { type Session, SessionContext, sessionQuery } from '#web/session.ts'
import { signInNeeded } from '#web/sign-in-gate.ts'
import { useStore } from '#web/store.ts'
import { paths } from '../paths.ts'
import { NotFoundScreen } from './failure-screens.tsx'
import { Layout } from './layout.tsx'
import { mayOpen } from './navigation.tsx'
import styles from './shell.module.css'
import { IN_LINE } from './strips.tsx'
import { Voice } from './voice.tsx'

const SignInScreen = lazy(async () => ({
  default: (await import('../features/sign-in/sign-in-screen.tsx')).SignInScreen,
}))
const FirstSteps = lazy(async () => ({
  default: (await import('../features/sign-in/first-steps.tsx')).FirstSteps,
}))

const SecondFactorGate = lazy(async () => ({
  default: (await import('../features/sign-in/second-factor-gate.tsx')).SecondFactorGate,
}))

/** Who is here decides what is shown: sign-in, first steps, or the product. */
export function Root() {
  return (
    <>
      <Suspense fallback={<Loading />}>
        <Gate />
      </Suspense>
      <Voice />
    </>
  )
}

function Gate() {
  const { pathname } = useRouterState({ select: ({ location }) => location })
  // The first run comes before there is anybody to sign in.
  return pathname === paths.setup ? <Outlet /> : <SignedInGate pathname={pathname} />
}

function SignedInGate({ pathname }: { pathname: string }) {
  const session = useQuery(sessionQuery)
  const view = useKeptSession(session)
  const accountId = view?.account.id ?? null
  const restoreId = view?.restore?.id ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: who is here, and after which restore; the rest of the session changes by the minute
  useEffect(() => {
    void meet(view)
  }, [accountId, restoreId])
  if (session.isPending) return <Loading />
  if (session.isError && !session.data) {
    return (
      <main className={styles.main}>
        <EmptyState
          title="Сервер не отвечает"
          action={<Button onClick={() => void session.refetch()}>Попробовать ещё раз</Button>}
        >
          {sentenceOf(session.error)}
        </EmptyState>
      </main>
    )
  }
  if (!view) return <SignInScreen />
  if (view.mustChangePassword || view.mustAcceptRules) return <FirstSteps session={view} />
  if (view.secondFactor.mustSetUp) return <SecondFactorGate session={view} />
  return (
    <SessionContext value={view}>
      <Layout>{mayOpen(view, pathname) ? <Outlet /> : <NotFoundScreen />}</Layout>
    </SessionContext>
  )
}

/**
 * Who is signed in. A session that has ended in the background keeps its screen under the sign-in dialog while
 * something stands there typed and not saved; with nothing to lose the sign-in page takes its place.
 */
function useKeptSession({ data, isPending }: { data: Session | null | undefined; isPending: boolean }) {
  const last = useRef<Session | null>(null)
  const ended = data === null && last.current !== null && unsaved.get().length > 0
  if (!ended) last.current = isPending ? null : (data ?? null)
  useEffect(() => {
    if (ended) signInNeeded.set(true)
  }, [ended])
  return last.current
}

function Loading() {
  const crowded = useStore(inLine) > 0
  return (
    <main className={styles.main}>
      <div role="status">{crowded && <p>{IN_LINE}</p>}</div>
      <Skeleton lines={5} />
    </main>
  )
}
