import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './surface.module.css'

export type Tone = 'info' | 'warn' | 'error' | 'good'

type Props = { tone?: Tone; title?: ReactNode; children?: ReactNode; action?: ReactNode }

const frames = { info: '', warn: styles.warn, error: styles.error, good: styles.good }

/** A message in the page: errors are said at once, everything else when the reader pauses. */
export function Notice({ tone = 'info', title, children, action }: Props) {
  return (
    <div className={cx(styles.notice, frames[tone])} role={tone === 'error' ? 'alert' : 'status'}>
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
      {action}
    </div>
  )
}

const badges = {
  info: styles.badgeInfo,
  warn: styles.badgeWarn,
  error: styles.badgeError,
  good: styles.badgeGood,
}

/** A short state beside a name: «поздно», «замена». */
export function Badge({ tone, children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx(styles.badge, tone && badges[tone])}>{children}</span>
}
