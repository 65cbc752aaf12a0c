import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { CloseIcon } from './icons.tsx'

type Props = {
  title: ReactNode
  children: ReactNode
  /** Absent when the dialog must be answered: no cross, and Escape does nothing. */
  onClose?: () => void
  /** It opens by itself while somebody may be typing: its heading takes the focus, so no stray key answers it. */
  unasked?: boolean
}

const ANSWERS = '[data-body] :is(input, textarea, select, button, a)'

/**
 * A modal question in the browser's own <dialog>: page behind is inert, Escape closes, focus returns to where
 * it was. It is open as long as it is rendered.
 */
export function Dialog({ title, children, onClose, unasked = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const firstFocus = unasked ? 'h2' : ANSWERS
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    const shown = dialog.current
    // The first thing to answer, not the cross that comes before it.
    shown?.querySelector<HTMLElement>(firstFocus)?.focus()
    return () => {
      shown?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [firstFocus])
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
        <h2 id={titleId} tabIndex={unasked ? -1 : undefined}>
          {title}
        </h2>
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
