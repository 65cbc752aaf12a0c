import { useBlocker, useRouter } from '@tanstack/react-router'
import { useRef } from 'react'
import { Button } from '#ui/button.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { type Unsaved, unsaved, useAllUnsaved } from '#ui/unsaved.ts'

/** Whoever goes to another screen with something typed and not saved is asked first. */
export function LeaveGuard() {
  const router = useRouter()
  const leaving = useBlocker({
    // Filters and tabs of one screen live behind «?» and leave its forms standing.
    shouldBlockFn: ({ current, next }) => unsaved.get().length > 0 && current.pathname !== next.pathname,
    withResolver: true,
    // The browser's own question is asked by the forms themselves.
    enableBeforeUnload: false,
  })
  const held = useAllUnsaved()
  const next = useRef<string | null>(null)
  if (leaving.status !== 'blocked') return null
  const { proceed, reset } = leaving
  next.current = router.buildLocation({
    to: leaving.next.pathname,
    search: leaving.next.search,
  } as never).href
  const saveAndGo = () => {
    const href = next.current
    reset()
    if (href) goWhenSaved(() => void router.navigate({ href }))
    // The page takes no focus before this dialog is gone, and an unhappy field could not be shown.
    setTimeout(() => {
      for (const { save } of held) save?.()
    })
  }
  return (
    <Dialog title="Уйти без сохранения?" onClose={reset}>
      <p>Не сохранено: {held.map(({ what }) => what).join(', ')}. Если уйти сейчас, введённое пропадёт.</p>
      <DialogActions>
        <Button variant="quiet" onClick={proceed}>
          Не сохранять
        </Button>
        <Button onClick={reset}>Остаться</Button>
        {canSave(held) && (
          <Button variant="primary" onClick={saveAndGo}>
            Сохранить
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}

const canSave = (held: readonly Unsaved[]) => held.length > 0 && held.every(({ save }) => save !== undefined)

/** Goes on once everything is saved; whoever has to mend something first stays, and goes when wanting to again. */
function goWhenSaved(go: () => void) {
  const stop = () => {
    unheard()
    removeEventListener('pointerdown', stop)
    removeEventListener('keydown', stop)
  }
  const unheard = unsaved.subscribe(() => {
    if (unsaved.get().length > 0) return
    stop()
    go()
  })
  addEventListener('pointerdown', stop)
  addEventListener('keydown', stop)
}
