import { useSyncExternalStore } from 'react'
import { Button, IconButton } from '#ui/button.tsx'
import { cx } from '#ui/cx.ts'
import { CommentIcon, HistoryIcon } from '#ui/icons.tsx'
import { averageText } from '#web/formats.ts'
import { useStore } from '#web/store.ts'
import styles from './cell-bar.module.css'
import type { GridActions } from './grid-actions.ts'
import { MissedList } from './missed-list.tsx'
import { closedWords, columnWords, contentWords, stateWords, weightWords } from './model/cell-words.ts'
import type { ClosedReason } from './model/grid-model.ts'
import type { GridView } from './model/grid-view.ts'
import { shown } from './model/slots.ts'
import { TroubleChoice } from './trouble-choice.tsx'
import { ValueButtons } from './value-buttons.tsx'

type Props = {
  actions: GridActions
  /** On a phone: only what happens every day; the rest is in the menu of the cell. */
  small: boolean
  onMenu: () => void
  onComment: () => void
  onHistory: () => void
  onReason: () => void
}

const USUAL_ABSENCES = 2

type MoreProps = Pick<Props, 'onComment' | 'onHistory'> & { hasMark: boolean }

/** The line under the grid: which cell this is, what is in it, what can be done with it. */
export function CellBar({ actions, small, onMenu, onReason, ...opens }: Props) {
  const { view } = actions
  const cell = useSyncExternalStore(view.subscribeActive, view.activeCell)
  const place = view.model.columns[view.active.column]
  if (!place) return null
  return (
    <section className={styles.bar} aria-label="Выбранная клетка">
      <About actions={actions} closed={cell.closed} />
      <div className={styles.tools}>
        {!cell.closed && (
          <ValueButtons
            actions={actions}
            mark={cell.mark}
            attendance={cell.attendance}
            absences={small ? USUAL_ABSENCES : undefined}
          />
        )}
        {small ? (
          <Button aria-haspopup="dialog" aria-label="Всё о клетке" onClick={onMenu}>
            …
          </Button>
        ) : (
          <MoreButtons {...opens} hasMark={place.work !== null && !cell.closed} />
        )}
      </div>
      <Troubles actions={actions} onReason={onReason} />
      <MissedList actions={actions} />
    </section>
  )
}

function MoreButtons({ hasMark, onComment, onHistory }: MoreProps) {
  return (
    <>
      {hasMark && (
        <IconButton label="Комментарий к отметке (F2)" onClick={onComment}>
          <CommentIcon />
        </IconButton>
      )}
      <IconButton label="История клетки" onClick={onHistory}>
        <HistoryIcon />
      </IconButton>
    </>
  )
}

/** The same where every child has its own buttons: only what went wrong. */
export function TroubleBar({ actions, onReason }: Pick<Props, 'actions' | 'onReason'>) {
  const { view } = actions
  const { state, label } = useSyncExternalStore(view.subscribeActive, view.activeCell)
  const hint = useStore(actions.hint)
  const troubled = state === 'refused' || state === 'conflict'
  if (!troubled && !hint) return null
  return (
    <section className={cx(styles.bar, styles.quiet)} aria-label="Выбранная клетка">
      {hint ? <p className={styles.hint}>{hint}</p> : <p>{label}</p>}
      <Troubles actions={actions} onReason={onReason} />
    </section>
  )
}

function Troubles({ actions, onReason }: Pick<Props, 'actions' | 'onReason'>) {
  const slots = actions.view.slots(actions.view.active)
  return (['mark', 'attendance'] as const).map((kind) => {
    const { trouble } = slots[kind]
    return trouble && <TroubleChoice key={kind} {...{ actions, kind, trouble, onReason }} />
  })
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
        <b>{view.model.names[view.active.row]}</b>
        <span>{columnWords(view.model, view.active.column)}</span>
        <span className={styles.state}>{[...values, ...states].filter(Boolean).join(' · ')}</span>
      </p>
      <p className={styles.topic}>{topicWords(view)}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
    </div>
  )
}

function topicWords(view: GridView): string {
  const { lesson, work } = view.model.columns[view.active.column] ?? {}
  const average = view.average(view.active.row)
  return [
    average !== null && `Средний балл ${averageText(average)}`,
    work && weightWords(work),
    lesson?.substitute && `замена: ${lesson.substitute}`,
    lesson?.topic ? `тема: ${lesson.topic}` : 'тема не записана',
  ]
    .filter(Boolean)
    .join(' · ')
}
