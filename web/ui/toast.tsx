import { useLayoutEffect, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { CloseIcon } from './icons.tsx'
import styles from './surface.module.css'

type Props = { message: string; onClose: () => void }

/**
 * A passing remark; what it says is also spoken by the live region. It stands at the foot of the screen and, where a
 * field or a button is there, over the head of the page instead. Another message is another toast: it covers more or less.
 */
export function Toast({ message, onClose }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<Place>('foot')
  useLayoutEffect(() => {
    const look = () => setPlace((now) => (box.current ? freePlace(box.current, now) : now))
    look()
    // A page under it loads, scrolls and opens its parts.
    const timer = setInterval(look, LOOK_MS)
    addEventListener('scroll', look, { capture: true, passive: true })
    return () => {
      clearInterval(timer)
      removeEventListener('scroll', look, { capture: true })
    }
  }, [])
  return (
    <div ref={box} className={styles.toast} data-place={place}>
      <span>{message}</span>
      <IconButton label="Скрыть сообщение" onClick={onClose}>
        <CloseIcon />
      </IconButton>
    </div>
  )
}

type Place = 'foot' | 'head'
const LOOK_MS = 200
const IN_USE = ['input', 'select', 'textarea', 'label', 'button', 'a[href]', '[role="gridcell"]']
  .map((one) => `main ${one}`)
  .join()

/** Where the box covers nothing in use; it stays where it is for as long as it can. */
function freePlace(box: HTMLElement, now: Place): Place {
  const other = now === 'foot' ? 'head' : 'foot'
  return covered(box, now) <= covered(box, other) ? now : other
}

/** How many things in use the box would cover there; one with the focus counts more than all others. */
function covered(box: HTMLElement, place: Place): number {
  const before = box.dataset.place
  box.dataset.place = place
  const { left, right, top, bottom } = box.getBoundingClientRect()
  // What is under the head of the page is out of sight, remark or not.
  const head = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--top')) || 0
  const own = { left, right, top: Math.max(top, head), bottom }
  box.dataset.place = before
  const hit = [...document.querySelectorAll(IN_USE)].filter((one) => {
    const it = one.getBoundingClientRect()
    return (
      it.width > 0 && it.left < own.right && it.right > own.left && it.top < own.bottom && it.bottom > own.top
    )
  })
  return hit.length + (hit.some((one) => one.contains(document.activeElement)) ? MANY : 0)
}

const MANY = 10_000
