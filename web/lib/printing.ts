import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Whether the page is being put on paper right now: what only paper shows is drawn for that moment alone. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    // The browser lays the pages out as soon as the listener returns, so the drawing cannot wait.
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}

const FOOT_LETTERS = 110

/** The foot of every printed page says whose paper it is and what is on it: sheets part from each other. */
export function useRunningFoot(owner: string): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    const say = () => {
      const heading = document.querySelector('#content h1')
      const words = [owner, heading?.textContent, heading?.nextElementSibling?.textContent]
        .map((part) => part?.trim())
        .filter(Boolean)
        .join(' · ')
      const text = words.length > FOOT_LETTERS ? `${words.slice(0, FOOT_LETTERS)}…` : words
      sheet.replaceSync(
        `@page { @bottom-left { content: ${JSON.stringify(text)}; font: 8pt sans-serif; white-space: nowrap } }`,
      )
    }
    addEventListener('beforeprint', say)
    return () => {
      removeEventListener('beforeprint', say)
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [owner])
}
