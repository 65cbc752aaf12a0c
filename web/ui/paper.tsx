import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './paper.module.css'

/** What is on paper only. */
export function PaperOnly({ children }: { children: ReactNode }) {
  return <div className={styles.only}>{children}</div>
}

/** The first line of a printed page: whose paper it is and of which day. */
export function PaperHead({ owner, printed }: { owner: string; printed: string }) {
  return (
    <div className={cx(styles.only, styles.head)}>
      <b>{owner}</b>
      <span>Напечатано {printed}</span>
    </div>
  )
}

/** Lines to sign at the foot of what is printed, each with the words under it. */
export function Signatures({ of }: { of: readonly string[] }) {
  return (
    <div className={cx(styles.only, styles.signatures)} data-signatures>
      {of.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </div>
  )
}
