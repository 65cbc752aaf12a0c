import { type ReactNode, useSyncExternalStore } from 'react'
import styles from './fold.module.css'
import { Stack } from './layout.tsx'

const narrow = matchMedia('(max-width: 37.49rem)')

function watch(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

type Props = { label: string /** How many filters are set. */; active: number; children: ReactNode }

/** Filters of a list: in sight where there is room, behind one button on a phone, where the list comes first. */
export function Fold({ label, active, children }: Props) {
  const isNarrow = useSyncExternalStore(watch, () => narrow.matches)
  if (!isNarrow) return <Stack>{children}</Stack>
  return (
    <details className={styles.fold}>
      <summary>
        {label}
        {active > 0 && `: ${active}`}
      </summary>
      <Stack>{children}</Stack>
    </details>
  )
}
