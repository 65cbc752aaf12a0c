import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { Button } from '#ui/button.tsx'
import { EmptyState, Skeleton } from '#ui/layout.tsx'
import { outbox } from '#web/outbox.ts'
import { sentenceOf } from '#web/query-client.ts'
import { SessionContext, sessionQuery } from '#web/session.ts'
import { paths } from '../paths.ts'
import { Layout } from './layout.tsx'
import styles from './shell.module.css'
import { Voice } from './voice.tsx'

const SignInScreen = lazy(async () => ({
  default: (await import('../features/sign-in/sign-in-screen.tsx')).SignInScreen,
}))
const FirstSteps = lazy(async () => ({
  default: (await import('../features/sign-in/first-steps.tsx')).FirstSteps,
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
  return pathname === paths.setup ? <Outlet /> : <SignedInGate />
}

function SignedInGate() {
  const session = useQuery(sessionQuery)
  const accountId = session.data?.account.id ?? null
  useEffect(() => {
    void outbox.start(accountId)
  }, [accountId])
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
  if (!session.data) return <SignInScreen />
  if (session.data.mustChangePassword || session.data.mustAcceptRules)
    return <FirstSteps session={session.data} />
  return (
    <SessionContext value={session.data}>
      <Layout>
        <Outlet />
      </Layout>
    </SessionContext>
  )
}

function Loading() {
  return (
    <main className={styles.main}>
      <Skeleton lines={5} />
    </main>
  )
}
