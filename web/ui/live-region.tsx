import { IconButton } from './button.tsx'
import { CloseIcon } from './icons.tsx'
import { VisuallyHidden } from './layout.tsx'
import styles from './surface.module.css'

/** The page's single polite voice. A repeated text is spoken again because `turn` changes its element. */
export function LiveRegion({ message, turn }: { message: string; turn: number }) {
  return (
    <VisuallyHidden>
      <span role="status" aria-live="polite" aria-atomic="true">
        <span key={turn}>{message}</span>
      </span>
    </VisuallyHidden>
  )
}

/** A passing remark at the foot of the screen; what it says is also spoken by the live region. */
export function Toast({ message, onClose }: { message: string; onClose: () => void }) {
  return (
    <div className={styles.toast}>
      <span>{message}</span>
      <IconButton label="Скрыть сообщение" onClick={onClose}>
        <CloseIcon />
      </IconButton>
    </div>
  )
}
