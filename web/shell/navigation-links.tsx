import { Link } from '@tanstack/react-router'
import { buttonClass } from '#ui/button.tsx'
import { cx } from '#ui/cx.ts'
import { useSession } from '#web/session.ts'
import { destinationsFor } from './navigation.tsx'
import styles from './shell.module.css'

const ON_PHONE = 5

export function TopNavigation() {
  return (
    <nav className={styles.nav} aria-label="Разделы">
      <Links limit={Number.POSITIVE_INFINITY} />
    </nav>
  )
}

/** The same sections within reach of a thumb. */
export function BottomNavigation() {
  return (
    <nav className={styles.bottom} aria-label="Разделы на телефоне">
      <Links limit={ON_PHONE} />
    </nav>
  )
}

/** What did not fit the phone's bottom bar, for the person's menu. */
export function RestOfNavigation() {
  return destinationsFor(useSession())
    .slice(ON_PHONE)
    .map(({ to, label }) => (
      <Link key={to} to={to} className={cx(buttonClass(), styles.onPhone)}>
        {label}
      </Link>
    ))
}

function Links({ limit }: { limit: number }) {
  const session = useSession()
  return (
    <ul>
      {destinationsFor(session)
        .slice(0, limit)
        .map(({ to, label, icon }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: to === '/' }}>
              {icon}
              <span>{label}</span>
            </Link>
          </li>
        ))}
    </ul>
  )
}
