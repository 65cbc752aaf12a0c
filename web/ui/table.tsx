import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './table.module.css'

type Props = {
  /** Names the region for whoever scrolls it by keyboard. */
  label: string
  caption?: ReactNode
  /** Scrolls inside itself with the head kept in sight. */
  tall?: boolean
  children: ReactNode
}

/**
 * A real <table> that scrolls inside its own labelled, focusable region. Put `data-number` on cells with numbers.
 */
export function Table({ label, caption, tall = false, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={cx(styles.region, tall && styles.tall)} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        {caption && <caption>{caption}</caption>}
        {children}
      </table>
    </section>
  )
}
