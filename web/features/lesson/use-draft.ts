import { useCallback, useEffect, useRef, useState } from 'react'

const PAUSE_MS = 700

/** Told when typing begins and when the field is left with everything handed over. */
type Held = { begin: () => void; end: () => void }

/**
 * Text that saves itself: after a pause in typing, when the field is left, and when the page goes away. While it
 * is being typed nothing from outside replaces it.
 */
export function useDraft(value: string, save: (text: string) => void, held: Held) {
  const [draft, setDraft] = useState<string | null>(null)
  const unsaved = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const saving = useRef(save)
  saving.current = save

  const flush = useCallback(() => {
    clearTimeout(timer.current)
    const text = unsaved.current
    unsaved.current = null
    if (text !== null) saving.current(text)
  }, [])

  useEffect(() => {
    addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
      flush()
    }
  }, [flush])

  return {
    text: draft ?? value,
    change: (text: string) => {
      held.begin()
      setDraft(text)
      unsaved.current = text
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, PAUSE_MS)
    },
    leave: () => {
      flush()
      held.end()
      setDraft(null)
    },
  }
}
