import type { ReactNode } from 'react'
import styles from './lesson.module.css'

/** What a field would hold, where nobody may write: its name and its words. */
export function Told({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className={styles.read}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </dl>
  )
}
