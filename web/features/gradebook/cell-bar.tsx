import { useSyncExternalStore } from 'react'
import { IconButton } from '#ui/button.tsx'
import { CommentIcon, HistoryIcon } from '#ui/icons.tsx'
import { firstAndLast } from '#web/formats.ts'
import { useStore } from '#web/store.ts'
import styles from './cell-bar.module.css'
import type { GridActions } from './grid-actions.ts'
import { closedWords, columnWords, contentWords, stateWords, weightWords } from './model/cell-words.ts'
import type { ClosedReason, Column } from './model/grid-model.ts'
import { shown } from './model/slots.ts'
import { TroubleChoice } from './trouble-choice.tsx'
import { ValueButtons } from './value-buttons.tsx'

type Props = { actions: GridActions; onComment: () => void; onHistory: () => void; onReason: () => void }

/** The line under the grid: which cell this is, what is in it, what can be done with it. */
export function CellBar({ actions, onComment, onHistory, onReason }: Props) {
  const { view } = actions
  const cell = useSyncExternalStore(view.subscribeActive, view.activeCell)
  const place = view.model.columns[view.active.column]
  if (!place) return null
  const slots = view.slots(view.active)
  return (
    <section className={styles.bar} aria-label="Выбранная клетка">
      <About actions={actions} closed={cell.closed} />
      <div className={styles.tools}>
        {!cell.closed && <ValueButtons actions={actions} mark={cell.mark} attendance={cell.attendance} />}
        {place.work && !cell.closed && (
          <IconButton label="Комментарий к отметке (F2)" onClick={onComment}>
            <CommentIcon />
          </IconButton>
        )}
        <IconButton label="История клетки" onClick={onHistory}>
          <HistoryIcon />
        </IconButton>
      </div>
      {(['mark', 'attendance'] as const).map((kind) => {
        const { trouble } = slots[kind]
        return trouble && <TroubleChoice key={kind} {...{ actions, kind, trouble, onReason }} />
      })}
      {cell.comment && <p className={styles.comment}>Комментарий: {shown(slots.mark).comment}</p>}
    </section>
  )
}

function About({ actions, closed }: { actions: GridActions; closed: ClosedReason | null }) {
  const { view } = actions
  const hint = useStore(actions.hint)
  const { mark, attendance } = view.slots(view.active)
  const values = contentWords(shown(mark), shown(attendance), view.model.gradebook.codes)
  const states = new Set([stateWords(mark), stateWords(attendance), closed && closedWords[closed]])
  return (
    <div className={styles.about}>
      <p className={styles.title}>
        <b>{firstAndLast(view.model.students[view.active.row]?.name ?? '')}</b>
        <span>{columnWords(view.model, view.active.column)}</span>
      </p>
      <p className={styles.state}>{[...values, ...states].filter(Boolean).join(' · ')}</p>
      <p className={styles.topic}>{topicWords(view.model.columns[view.active.column])}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
    </div>
  )
}

function topicWords(place: Column | undefined): string {
  const { lesson, work } = place ?? {}
  return [
    lesson?.topic ? `Тема: ${lesson.topic}` : 'Тема не записана',
    work && weightWords(work),
    lesson?.substitute && `замена: ${lesson.substitute}`,
  ]
    .filter(Boolean)
    .join(' · ')
}
