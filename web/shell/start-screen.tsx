import { lazy, Suspense } from 'react'
import { TEACHING } from '#domain/access/access.ts'
import { Skeleton } from '#ui/layout.tsx'
import { hasRole, useSession } from '#web/session.ts'

const TodayPage = lazy(async () => ({
  default: (await import('../features/today/today-page.tsx')).TodayPage,
}))
const HomePage = lazy(async () => ({ default: (await import('../features/home/home-page.tsx')).HomePage }))

/** The first screen after signing in is what the person comes for most days. */
export function StartScreen() {
  const session = useSession()
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      {hasRole(session, ...TEACHING) ? <TodayPage /> : <HomePage />}
    </Suspense>
  )
}
