import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { buttonClass } from './button.tsx'
import styles from './menu.module.css'

type Props = { label: ReactNode; accessibleName?: string; children: ReactNode }

/**
 * A button that opens a small panel under itself: the browser's <details>, closed by Escape, by a click outside
 * and by leaving it with Tab.
 */
export function Disclosure({ label, accessibleName, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const closeOutside = (event: Event) => {
      const open = details.current
      if (open?.open && event.target instanceof Node && !open.contains(event.target)) open.open = false
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
    }
  }, [])
  const closeOnEscape = (event: KeyboardEvent<HTMLDetailsElement>) => {
    if (event.key !== 'Escape' || !event.currentTarget.open) return
    event.currentTarget.open = false
    event.currentTarget.querySelector('summary')?.focus()
  }
  return (
    <details ref={details} className={styles.menu} onKeyDown={closeOnEscape}>
      <summary className={buttonClass('quiet')} aria-label={accessibleName} title={accessibleName}>
        {label}
      </summary>
      <div className={styles.panel}>{children}</div>
    </details>
  )
}
