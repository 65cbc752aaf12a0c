import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'

// By entry of the browser's history. In memory alone: what is searched for is often a name, and addresses are logged.
const kept = new Map<string, unknown>()

/** State that is there again when its page is come back to by «назад»; a page opened anew starts with `initial`. */
export function useKept<Value>(name: string, initial: Value): [Value, (value: Value) => void] {
  const router = useRouter()
  const [key] = useState(() => `${router.latestLocation.state.__TSR_key ?? ''} ${name}`)
  const [value, setValue] = useState(() => (kept.has(key) ? (kept.get(key) as Value) : initial))
  return [
    value,
    (next) => {
      kept.set(key, next)
      setValue(next)
    },
  ]
}

/** Forgets what was searched for: somebody else may sit down here next. */
export function forgetKept(): void {
  kept.clear()
}
