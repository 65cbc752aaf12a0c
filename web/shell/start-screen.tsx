import { Navigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { CONTROL, FAMILY, TEACHING } from '#domain/access/access.ts'
import { Skeleton } from '#ui/layout.tsx'
import { hasRole, type Session, useSession } from '#web/session.ts'
import { paths } from '../paths.ts'

const TodayPage = lazy(async () => ({
  default: (await import('../features/today/today-page.tsx')).TodayPage,
}))
const ChildrenPage = lazy(async () => ({
  default: (await import('../features/children/children-page.tsx')).ChildrenPage,
}))
const HomePage = lazy(async () => ({ default: (await import('../features/home/home-page.tsx')).HomePage }))

/** The first screen after signing in is what the person comes for most days. */
export function StartScreen() {
  const session = useSession()
  return <Suspense fallback={<Skeleton lines={8} />}>{screenOf(session)}</Suspense>
}

function screenOf(session: Session) {
  if (hasRole(session, ...TEACHING)) return <TodayPage />
  if (hasRole(session, 'director')) return <Navigate to={paths.controlSummary} replace />
  if (hasRole(session, ...CONTROL)) return <Navigate to={paths.control} replace />
  if (hasRole(session, 'carer')) return <Navigate to={paths.diaries} replace />
  return hasRole(session, ...FAMILY) ? <ChildrenPage /> : <HomePage />
}
