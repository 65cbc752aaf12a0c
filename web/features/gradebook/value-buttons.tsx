import { Button } from '#ui/button.tsx'
import styles from './cell-bar.module.css'
import type { GridActions } from './grid-actions.ts'
import { codeWords } from './model/cell-words.ts'
import type { Position } from './model/grid-model.ts'

type Props = {
  actions: GridActions
  /** The active cell when absent. */
  position?: Position
  mark: string | null
  attendance: string | null
  /** How many of the attendance codes to show; all when absent. */
  absences?: number | undefined
  onDone?: () => void
}

/** Everything that can be put into a cell, for a mouse or a finger. Pressing what is there takes it away. */
export function ValueButtons({ actions, position, mark, attendance, absences, onDone }: Props) {
  const { codes, journal } = actions.view.model.gradebook
  const shown = codes.slice(0, absences).map(({ code }) => code)
  return (
    <span className={styles.values}>
      {[...actions.entries]
        .filter(({ kind, value }) => kind === 'mark' || shown.includes(value) || value === attendance)
        .sort((one, other) => order(one.kind, one.value) - order(other.kind, other.value))
        .map((entry) => {
          const present = (entry.kind === 'mark' ? mark : attendance) === entry.value
          const name = entry.kind === 'mark' ? `Отметка ${entry.value}` : codeWords(entry.value, codes)
          return (
            <Button
              key={`${entry.kind} ${entry.value}`}
              className={styles.value}
              aria-label={name}
              title={name}
              aria-pressed={present}
              disabled={entry.kind === 'mark' && journal.gradeless}
              onClick={() => {
                if (present) actions.takeAway(entry.kind, position)
                else actions.put(entry, position)
                onDone?.()
              }}
            >
              {entry.value}
            </Button>
          )
        })}
    </span>
  )
}

// The best mark first; attendance in the order the school keeps it.
function order(kind: 'mark' | 'attendance', value: string): number {
  return kind === 'mark' ? -Number(value) || 0 : 1
}
