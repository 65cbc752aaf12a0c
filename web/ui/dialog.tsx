import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { CloseIcon } from './icons.tsx'
import { useTyping, useUnsaved } from './unsaved.ts'

type Props = {
  title: ReactNode
  children: ReactNode
  /** Absent when the dialog must be answered: no cross, and Escape does nothing. */
  onClose?: () => void
  /** It opens by itself while somebody may be typing: its heading takes the focus, so no stray key answers it. */
  unasked?: boolean
  /** What takes the focus in place of the first thing to answer, which is filled in already. */
  first?: string
}

const ANSWERS = '[data-body] :is(input, textarea, select, button, a)'

/**
 * A modal question in the browser's own <dialog>: page behind is inert, Escape closes, focus returns to where
 * it was. It is open as long as it is rendered. What was typed into it is not lost to Escape, the cross or a way
 * off the page without a question.
 */
export function Dialog({ title, children, onClose, unasked = false, first = ANSWERS }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const firstFocus = unasked ? 'h2' : first
  const titleId = useId()
  const body = useRef<HTMLDivElement>(null)
  const { dirty } = useTyping(body)
  const [closing, setClosing] = useState(false)
  useUnsaved(typeof title === 'string' ? `«${title}»` : 'открытое окно', dirty)
  const leave = () => (dirty ? setClosing(true) : onClose?.())
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
        if (onClose) leave()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className={styles.head}>
        <h2 id={titleId} tabIndex={unasked ? -1 : undefined}>
          {title}
        </h2>
        {onClose && (
          <IconButton label="Закрыть" onClick={leave}>
            <CloseIcon />
          </IconButton>
        )}
      </div>
      {closing && onClose && <Leaving onStay={() => setClosing(false)} onLeave={onClose} />}
      <div ref={body} className={styles.body} data-body>
        {children}
      </div>
    </dialog>
  )
}

/** Asked in its place, above what was typed: one question about another would hide it. */
function Leaving({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const question = useRef<HTMLDivElement>(null)
  useEffect(() => question.current?.querySelector('button')?.focus(), [])
  return (
    <div ref={question} className={styles.leaving} role="alert">
      <p>Введённое здесь не сохранено и пропадёт, если закрыть окно.</p>
      <DialogActions>
        <Button variant="primary" onClick={onStay}>
          Вернуться
        </Button>
        <Button onClick={onLeave}>Закрыть без сохранения</Button>
      </DialogActions>
    </div>
  )
}

/** The row of answers at the foot of a dialog or form. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.foot}>{children}</div>
}
