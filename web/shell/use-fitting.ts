import { type RefObject, useLayoutEffect, useState } from 'react'

type Place<Element> = RefObject<Element | null>

/** How many of the list's items stand in one line of its bar, beside `more` if they do not all. */
export function useFitting(list: Place<HTMLUListElement>, more: Place<HTMLElement>, count: number): number {
  const [fitting, setFitting] = useState(count)
  useLayoutEffect(() => {
    const items = [...(list.current?.children ?? [])] as HTMLElement[]
    const bar = list.current?.parentElement
    if (!bar) return
    const measure = () => {
      const style = getComputedStyle(bar)
      const inner =
        bar.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)
      // A bar that is not shown at this width has nothing to measure.
      if (inner <= 0) return
      const gap = Number.parseFloat(getComputedStyle(items[0]?.parentElement ?? bar).columnGap) || 0
      let end = -gap
      const ends = items.map((item) => {
        end += gap + item.offsetWidth
        return end
      })
      if ((ends[ends.length - 1] ?? 0) <= inner) return setFitting(items.length)
      const room = inner - (more.current?.offsetWidth ?? 0)
      setFitting(ends.filter((end) => end <= room).length)
    }
    measure()
    // Widths change with the window, with the size of the letters, and when the typeface has come.
    const observer = new ResizeObserver(measure)
    for (const element of [bar, ...items]) observer.observe(element)
    return () => observer.disconnect()
  }, [list, more])
  return Math.min(fitting, count)
}
