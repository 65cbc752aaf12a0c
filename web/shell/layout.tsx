import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { CraneMark } from '#ui/crane-mark.tsx'
import { PaperHead, Signatures } from '#ui/paper.tsx'
import { codeNeeded } from '#web/code-gate.ts'
import { dayWithYear } from '#web/formats.ts'
import { useWhenHandsRest } from '#web/hands.ts'
import { notePrints } from '#web/note-print.ts'
import { useRunningFoot } from '#web/printing.ts'
import { hasRole, useSession } from '#web/session.ts'
import { signInNeeded } from '#web/sign-in-gate.ts'
import { useStore } from '#web/store.ts'
import { paths } from '../paths.ts'
import { BulkReadStrip } from './bulk-read-strip.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { BottomNavigation, TopNavigation } from './navigation-links.tsx'
import { PersonMenu } from './person-menu.tsx'
import styles from './shell.module.css'
import { Strips } from './strips.tsx'
import { UnsentMenu } from './unsent-menu.tsx'
import { useRouteFocus } from './use-route-focus.ts'
import { ViewMenu } from './view-menu.tsx'

const SignInDialog = lazy(async () => ({
  default: (await import('../features/sign-in/sign-in-dialog.tsx')).SignInDialog,
}))

const CodeDialog = lazy(async () => ({
  default: (await import('../features/sign-in/code-dialog.tsx')).CodeDialog,
}))

/** The frame around every screen of a signed-in person. */
export function Layout({ children }: { children: ReactNode }) {
  const session = useSession()
  const { organization, today, person } = session
  const signInWanted = useWhenHandsRest(useStore(signInNeeded))
  const top = useRef<HTMLElement>(null)
  useEffect(() => tellHeight(top.current), [])
  const codeWanted = useStore(codeNeeded)
  useRouteFocus()
  useRunningFoot(organization.shortName)
  useEffect(notePrints, [])
  return (
    <>
      <a className={styles.skip} href="#content">
        К содержанию
      </a>
      <header ref={top} className={styles.top}>
        <div className={styles.bar}>
          <Link to={paths.home} className={styles.brand} title={organization.name}>
            <CraneMark size={32} />
            <span>{organization.shortName}</span>
          </Link>
          <TopNavigation />
          <div className={styles.tools}>
            <UnsentMenu />
            <ViewMenu />
            <PersonMenu />
          </div>
        </div>
        <Strips />
        {hasRole(session, 'journal-officer', 'director') && <BulkReadStrip />}
      </header>
      <main id="content" className={styles.main} tabIndex={-1}>
        <div className={styles.headed}>
          <PaperHead owner={organization.name} printed={dayWithYear(today)} />
        </div>
        {children}
        <div className={styles.signed}>
          <Signatures of={[`подпись · ${person.shortName}`]} />
        </div>
      </main>
      <BottomNavigation />
      <LeaveGuard />
      {codeWanted && (
        <Suspense>
          <CodeDialog />
        </Suspense>
      )}
      {signInWanted && (
        <Suspense>
          <SignInDialog />
        </Suspense>
      )}
    </>
  )
}

/** What stays in sight below the head of the page stands at `--top`; strips and letters change its height. */
function tellHeight(top: HTMLElement | null) {
  if (!top) return
  const observer = new ResizeObserver(() => {
    const kept = getComputedStyle(top).position === 'sticky' ? top.offsetHeight : 0
    document.documentElement.style.setProperty('--top', `${kept}px`)
  })
  observer.observe(top)
  return () => observer.disconnect()
}
