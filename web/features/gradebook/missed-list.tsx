import { Button } from '#ui/button.tsx'
import { useStore } from '#web/store.ts'
import styles from './cell-bar.module.css'
import { focusCell } from './cell-element.ts'
import type { GridActions } from './grid-actions.ts'

/** What of the last pasted block is not in the journal; each line leads to its cell. */
export function MissedList({ actions }: { actions: GridActions }) {
  const missed = useStore(actions.missed)
  if (!missed) return null
  return (
    <section className={styles.missed} aria-label="Не вставлено">
      <div className={styles.missedHead}>
        <strong>{missed.title}</strong>
        <Button onClick={() => actions.missed.set(null)}>Понятно</Button>
      </div>
      <ul>
        {missed.lines.map(({ words, position }) => (
          <li key={`${position?.row} ${position?.column} ${words}`}>
            {position ? (
              <button
                type="button"
                onClick={() => {
                  actions.view.goTo(position)
                  focusCell(position)
                }}
              >
                {words}
              </button>
            ) : (
              words
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
