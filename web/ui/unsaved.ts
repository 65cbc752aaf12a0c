import { type RefObject, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'

/** Something typed on the page that nothing has taken yet; `save` sends it the way its own button does. */
export type Unsaved = { what: string; save?: (() => void) | undefined }

let held: readonly Unsaved[] = []
const listeners = new Set<() => void>()

function hold(next: readonly Unsaved[]) {
  held = next
  if (held.length > 0) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
  for (const listener of listeners) listener()
}
const ask = (event: BeforeUnloadEvent) => event.preventDefault()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** What is typed and not saved anywhere on the page, oldest first. */
export const unsaved = { get: () => held, subscribe }

/** The same, watched. */
export function useAllUnsaved(): readonly Unsaved[] {
  return useSyncExternalStore(unsaved.subscribe, unsaved.get)
}

/**
 * While `dirty`, whoever leaves the page, closes the tab or signs out is asked about `what` first. The answer
 * gives it up at once, for whoever has just saved and goes on to another screen.
 */
export function useUnsaved(what: string, dirty: boolean, save?: () => void): () => void {
  const own = useRef<Unsaved | null>(null)
  const release = useCallback(() => {
    const { current } = own
    own.current = null
    if (current) hold(held.filter((other) => other !== current))
  }, [])
  useEffect(() => {
    if (!dirty) return
    own.current = { what, save }
    hold([...held, own.current])
    return release
  }, [what, dirty, save, release])
  return release
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

// What only narrows a list down or opens a door holds nothing that could be lost.
const HOLDS =
  ':is(input, textarea, select):not([type=search], [type=password], [autocomplete=username], [autocomplete=one-time-code])'

/**
 * Whether something inside the box was typed, chosen or ticked and still differs from what stood there before.
 * `settle` is called when it has been saved: from then on what stands there is the beginning.
 */
export function useTyping(box: RefObject<HTMLElement | null>): { dirty: boolean; settle: () => void } {
  const [dirty, setDirty] = useState(false)
  const [before] = useState(() => new Map<Control, string>())
  useEffect(() => {
    const place = box.current
    if (!place) return
    for (const control of place.querySelectorAll<Control>(HOLDS)) before.set(control, textOf(control))
    const known = ({ target }: Event) => {
      if (isControl(target) && !before.has(target)) before.set(target, textOf(target))
    }
    const look = ({ target }: Event) => {
      if (!isControl(target)) return
      // A box ticked without having been entered: before, it stood the other way round.
      if (!before.has(target)) before.set(target, isTick(target) ? String(!target.checked) : '')
      setDirty(isChanged(before))
    }
    place.addEventListener('focusin', known)
    place.addEventListener('input', look)
    place.addEventListener('change', look)
    place.addEventListener('reset', () => setTimeout(() => setDirty(isChanged(before))))
    return () => {
      place.removeEventListener('focusin', known)
      place.removeEventListener('input', look)
      place.removeEventListener('change', look)
    }
  }, [box, before])
  const settle = useCallback(() => {
    for (const control of before.keys()) before.set(control, textOf(control))
    setDirty(false)
  }, [before])
  return { dirty, settle }
}

function isChanged(before: ReadonlyMap<Control, string>): boolean {
  return [...before].some(([control, value]) => control.isConnected && textOf(control) !== value)
}

function isControl(target: EventTarget | null): target is Control {
  return target instanceof HTMLElement && target.matches(HOLDS)
}

function isTick(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)
}

function textOf(control: Control): string {
  return isTick(control) ? String(control.checked) : control.value
}
