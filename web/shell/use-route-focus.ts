import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { announce } from '#web/announce.ts'

const WAIT_MS = 4_000

/** After a change of screen: its heading gets the focus and its title is said, as if a new page had loaded. */
export function useRouteFocus() {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === undefined || before.current === pathname) {
      before.current = pathname
      return
    }
    before.current = pathname
    return whenHeadingIsThere((heading) => {
      heading.focus({ preventScroll: true })
      announce(document.title)
    })
  }, [pathname])
}

// The screen may still be loading its code or data when the address has already changed.
function whenHeadingIsThere(act: (heading: HTMLElement) => void): () => void {
  const find = () => document.querySelector<HTMLElement>('#content h1')
  const present = find()
  if (present) {
    act(present)
    return () => undefined
  }
  const observer = new MutationObserver(() => {
    const heading = find()
    if (!heading) return
    stop()
    act(heading)
  })
  observer.observe(document.body, { childList: true, subtree: true })
  const timer = setTimeout(() => observer.disconnect(), WAIT_MS)
  const stop = () => {
    observer.disconnect()
    clearTimeout(timer)
  }
  return stop
}
