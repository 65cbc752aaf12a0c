import { Link } from '@tanstack/react-router'
import type { KeepingCounts } from '#contract/control.ts'
import type { ShownLessons } from '#domain/control/keeping.ts'
import { paths } from '../../paths.ts'
import styles from './control.module.css'
import type { ControlSearch } from './control-search.ts'
import { shownWords } from './shown-words.ts'

const offered: ShownLessons[] = [
  'findings',
  'missing',
  'no-topic',
  'no-attendance',
  'no-homework',
  'late',
  'corrected',
  'substituted',
  'in-time',
  'held',
]

/** What to look for, with how much of it there is. */
export function Kinds({ counts, search }: { counts: KeepingCounts; search: ControlSearch }) {
  const shown = search.show ?? 'findings'
  return (
    <nav className={styles.kinds} aria-label="Что показать">
      {offered.map((show) => (
        <Link
          key={show}
          to={paths.control}
          search={{ ...search, show }}
          replace
          aria-current={show === shown ? 'true' : undefined}
        >
          {shownWords[show]}
          {show !== 'findings' && <b>{counts[show]}</b>}
        </Link>
      ))}
    </nav>
  )
}
