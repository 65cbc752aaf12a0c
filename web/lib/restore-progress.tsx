import { useEffect, useId, useRef, useState } from 'react'
import type { RestoreState } from '#contract/restores.ts'
import { send } from './api.ts'
import styles from './moment-choice.module.css'

const EVERY_MS = 1_500

/** Null: between the journal that goes and the one that comes nobody may answer for a moment. */
async function askPercent(): Promise<number | 'back' | null> {
  const { status, body } = await send('GET', '/api/restore', {})
  if (status !== 200) return null
  const { running } = body as RestoreState
  return running ? running.percent : 'back'
}

/** Stands in place of a page whose journal is being restored, and says when it is back: restored, or as it was. */
export function RestoreProgress({ onBack }: { onBack: () => void }) {
  const id = useId()
  const [percent, setPercent] = useState(0)
  const back = useRef(onBack)
  back.current = onBack
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    let timer = 0
    let isOver = false
    const look = async () => {
      const percent = await askPercent()
      if (isOver) return
      if (percent === 'back') return back.current()
      if (percent !== null) setPercent(percent)
      timer = window.setTimeout(look, EVERY_MS)
    }
    void look()
    return () => {
      isOver = true
      window.clearTimeout(timer)
    }
  }, [])
  return (
    <div className={styles.progress}>
      <h2 ref={heading} tabIndex={-1} id={id}>
        Идёт восстановление: {percent}&nbsp;%
      </h2>
      <progress max={100} value={percent} aria-labelledby={id} />
      <p>
        Журнал пока закрыт для всех и откроется сам. Ничего делать не нужно; если страница закроется,
        восстановление пойдёт дальше.
      </p>
    </div>
  )
}
