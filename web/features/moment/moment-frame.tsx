import type { ReactNode } from 'react'
import { HistoryIcon } from '#ui/icons.tsx'
import { moment } from '#web/formats.ts'
import styles from './moment.module.css'

type Props = { at: string; children: ReactNode }

/** What stood then lies on a ground of its own, under a band that says so wherever the page is scrolled to, and on paper. */
export function MomentFrame({ at, children }: Props) {
  return (
    <section className={styles.frame} aria-label={`Журнал, каким он был ${moment(at)}, только чтение`}>
      <p className={styles.band}>
        <HistoryIcon />
        <strong>Как было {moment(at)}</strong>
        <span>только чтение</span>
      </p>
      <div className={styles.inside}>{children}</div>
    </section>
  )
}
