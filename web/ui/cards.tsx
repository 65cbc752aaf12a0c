import type { ReactNode } from 'react'
import styles from './cards.module.css'

type Children = { children: ReactNode }

/** The title of a card, and its state at the other end. */
export function CardHead({ children }: Children) {
  return <div className={styles.head}>{children}</div>
}

/** Cards of one kind under each other. */
export function CardList({ children }: Children) {
  return <ul className={styles.list}>{children}</ul>
}
