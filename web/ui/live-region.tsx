import { IconButton } from './button.tsx'
import { CloseIcon } from './icons.tsx'
import { VisuallyHidden } from './layout.tsx'
import styles from './surface.module.css'

type LiveRegionProps = { remarks: readonly { id: number; sentence: string }[] }

/** The page's single polite voice. Each remark is an element of its own, and only what is added is spoken. */
export function LiveRegion({ remarks }: LiveRegionProps) {
  return (
    <VisuallyHidden>
      <span role="status" aria-live="polite" aria-atomic="false">
        {remarks.map(({ id, sentence }) => (
          <span key={id}>{sentence} </span>
        ))}
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
