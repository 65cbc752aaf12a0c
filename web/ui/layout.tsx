import type { ReactNode } from 'react'
import { CraneMark } from './crane-mark.tsx'
import styles from './surface.module.css'

type Children = { children: ReactNode }

/** What belongs together, in a frame. */
export function Card({ children }: Children) {
  return <div className={styles.card}>{children}</div>
}

/** Things under each other with even gaps. */
export function Stack({ children }: Children) {
  return <div className={styles.stack}>{children}</div>
}

/** Things beside each other that may wrap. */
export function Row({ children }: Children) {
  return <div className={styles.row}>{children}</div>
}

/** Equal cards in as many columns as fit. */
export function Columns({ children }: Children) {
  return <div className={styles.columns}>{children}</div>
}

/** Secondary text. */
export function Soft({ children }: Children) {
  return <span className={styles.soft}>{children}</span>
}

/** Only for those who listen to the page; becomes visible when something in it takes the focus. */
export function VisuallyHidden({ children }: Children) {
  return <span className={styles.hidden}>{children}</span>
}

type PageHeaderProps = { title: ReactNode; lead?: ReactNode; children?: ReactNode }

/** The page's one h1, which receives the focus when the screen changes, with its actions on the right. */
export function PageHeader({ title, lead, children }: PageHeaderProps) {
  return (
    <header className={styles.pageHeader}>
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p>{lead}</p>}
      </div>
      {children}
    </header>
  )
}

type EmptyProps = { title: ReactNode; children?: ReactNode; action?: ReactNode }

/** Nothing here yet: why, and what to do next. */
export function EmptyState({ title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <span className={styles.emptyMark}>
        <CraneMark size={56} />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}

/** Grey lines where the content will be, said once as «Загружается». */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  return (
    <div className={styles.skeleton} role="status">
      <VisuallyHidden>Загружается…</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <i key={line} />
      ))}
    </div>
  )
}

/** Buttons that act on the same thing. */
export function Toolbar({ label, children }: { label: string } & Children) {
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={label}>
      {children}
    </div>
  )
}

/** A named group of buttons or radios inside a toolbar. */
export function ButtonGroup({ label, children }: { label: string } & Children) {
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      {children}
    </fieldset>
  )
}

/** Links between the parts of one thing; the router marks the current one. */
export function Tabs({ label, links }: { label: string; links: { key: string; link: ReactNode }[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      <ul>
        {links.map(({ key, link }) => (
          <li key={key}>{link}</li>
        ))}
      </ul>
    </nav>
  )
}
