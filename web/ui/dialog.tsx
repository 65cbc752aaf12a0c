import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { CloseIcon } from './icons.tsx'

type Props = {
  title: ReactNode
  children: ReactNode
  /** Absent when the dialog must be answered: no cross, and Escape does nothing. */
  onClose?: () => void
}

/**
 * A modal question in the browser's own <dialog>: page behind is inert, Escape closes, focus returns to where
 * it was. It is open as long as it is rendered.
 */
export function Dialog({ title, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    const shown = dialog.current
    // The first thing to answer, not the cross that comes before it.
    shown?.querySelector<HTMLElement>('[data-body] :is(input, textarea, select, button, a)')?.focus()
    return () => {
      shown?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        {onClose && (
          <IconButton label="Закрыть" onClick={onClose}>
            <CloseIcon />
          </IconButton>
        )}
      </div>
      <div className={styles.body} data-body>
        {children}
      </div>
    </dialog>
  )
}

/** The row of answers at the foot of a dialog or form. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.foot}>{children}</div>
}
