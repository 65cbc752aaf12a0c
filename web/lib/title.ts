import { useEffect } from 'react'

/** Names the browser tab: the screen first, the product last. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} — Журавль`
  }, [title])
}
