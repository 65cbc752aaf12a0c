import { Link, useRouterState } from '@tanstack/react-router'
import { useRef } from 'react'
import { cx } from '#ui/cx.ts'
import { MoreIcon } from '#ui/icons.tsx'
import { useSession } from '#web/session.ts'
import { type Destination, destinationsFor, sectionOf } from './navigation.tsx'
import styles from './shell.module.css'
import { useFitting } from './use-fitting.ts'

export function TopNavigation() {
  return <Sections label="Разделы" className={styles.nav} />
}

/** The same sections within reach of a thumb. */
export function BottomNavigation() {
  return <Sections label="Разделы на телефоне" className={styles.bottom} />
}

/** As many sections as fit in one line at this width and size of letters; the rest behind «Ещё». */
function Sections({ label, className }: { label: string; className: string | undefined }) {
  const sections = destinationsFor(useSession())
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  const current = sectionOf(sections, pathname)
  const list = useRef<HTMLUListElement>(null)
  const more = useRef<HTMLDetailsElement>(null)
  const fitting = useFitting(list, more, sections.length)
  const rest = sections.slice(fitting)
  const hiddenCurrent = current && rest.includes(current) ? current : null
  return (
    <nav className={className} aria-label={label}>
      <ul ref={list}>
        {sections.map((section, n) => (
          <li key={section.to} className={cx(n >= fitting && styles.unfit)}>
            <SectionLink section={section} current={section === current} />
          </li>
        ))}
      </ul>
      <details
        ref={more}
        className={cx(styles.more, rest.length === 0 && styles.unfit)}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) currentTarget.open = false
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== 'Escape' || !currentTarget.open) return
          currentTarget.open = false
          currentTarget.querySelector('summary')?.focus()
        }}
      >
        <summary data-current={hiddenCurrent ? '' : undefined}>
          <MoreIcon />
          <span>{hiddenCurrent ? hiddenCurrent.label : 'Ещё'}</span>
          {hiddenCurrent && <span className={styles.forEars}>, открыт; другие разделы</span>}
        </summary>
        <ul>
          {rest.map((section) => (
            <li key={section.to}>
              <SectionLink
                section={section}
                current={section === current}
                onGo={() => more.current?.removeAttribute('open')}
              />
            </li>
          ))}
        </ul>
      </details>
    </nav>
  )
}

type LinkProps = { section: Destination; current: boolean; onGo?: () => void }

function SectionLink({ section: { to, label, icon }, current, onGo }: LinkProps) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === '/' }}
      aria-current={current ? 'true' : undefined}
      {...(onGo && { onClick: onGo })}
    >
      {icon}
      <span>{label}</span>
    </Link>
  )
}
