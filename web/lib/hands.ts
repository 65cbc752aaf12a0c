import { useEffect, useState } from 'react'

const REST_MS = 1_000

/**
 * True from the moment it is wanted and no key has been pressed for a second, as long as it is wanted: a dialog that
 * opens by itself under the hands of somebody typing would take into its fields what was meant for the page.
 */
export function useWhenHandsRest(wanted: boolean): boolean {
  const [rested, setRested] = useState(false)
  useEffect(() => {
    setRested(false)
    if (!wanted) return
    const watch = () => setTimeout(rest, REST_MS)
    const again = () => {
      clearTimeout(timer)
      timer = watch()
    }
    const stop = () => {
      clearTimeout(timer)
      removeEventListener('keydown', again, true)
    }
    function rest() {
      stop()
      setRested(true)
    }
    let timer = watch()
    addEventListener('keydown', again, true)
    return stop
  }, [wanted])
  return wanted && rested
}
