import { useEffect } from 'react'
import { LiveRegion } from '#ui/live-region.tsx'
import { Toast } from '#ui/toast.tsx'
import { remarks, toasts } from '#web/announce.ts'
import { useStore } from '#web/store.ts'

const TOAST_MS = 8_000

/** What the product says by itself. */
export function Voice() {
  const toast = useStore(toasts)
  useEffect(() => {
    if (!toast) return
    const timer = setTimeout(() => toasts.set(null), TOAST_MS)
    return () => clearTimeout(timer)
  }, [toast])
  return (
    <>
      <LiveRegion remarks={useStore(remarks)} />
      {toast && <Toast key={toast} message={toast} onClose={() => toasts.set(null)} />}
    </>
  )
}
