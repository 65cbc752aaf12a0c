import type { ReactNode } from 'react'
import { cx } from '#ui/cx.ts'
import styles from './grid.module.css'
import type { ClosedReason } from './model/grid-model.ts'
import type { CellState } from './model/grid-view.ts'

/** How each reason why a cell is closed looks; one look for one meaning, each told in the legend. */
export const closedLook: Record<ClosedReason, string | undefined> = {
  'not-arrived': styles.away,
  left: styles.away,
  'lesson-ahead': styles.ahead,
  'window-closed': styles.closed,
  'read-only': styles.readOnly,
}

/** What stands in a cell: a mark, a letter of attendance on its own or beside the mark, the corner of a comment. */
export function Content({
  mark,
  attendance,
  comment,
}: {
  mark: string | null
  attendance: string | null
  comment: boolean
}) {
  return (
    <>
      {mark !== null && <span className={cx(styles.mark, mark === '2' && styles.poor)}>{mark}</span>}
      {attendance !== null && (
        <span className={mark === null ? styles.code : styles.besideMark}>{attendance}</span>
      )}
      {comment && <i className={styles.comment} />}
    </>
  )
}

type Sample = { look: ReactNode; words: string }

const cell = (className: string | undefined, content: ReactNode = null) => (
  <span className={cx(styles.sample, styles.cell, className)}>
    <span className={styles.inner}>{content}</span>
  </span>
)
const mark = (value: string) => <Content mark={value} attendance={null} comment={false} />

const closedSamples: Record<ClosedReason, Sample | null> = {
  'lesson-ahead': { look: cell(styles.ahead), words: 'урок ещё не прошёл' },
  'window-closed': { look: cell(styles.closed), words: 'срок записи прошёл' },
  'not-arrived': { look: cell(styles.away), words: 'ребёнок ещё не прибыл или уже убыл' },
  // Looks the same and is told in the line above.
  left: null,
  'read-only': { look: cell(styles.readOnly), words: 'только для чтения' },
}

const stateSamples: Record<CellState, Sample | null> = {
  idle: null,
  pending: { look: cell(styles.pending, mark('5')), words: 'сохраняется' },
  saved: { look: cell(styles.saved, mark('5')), words: 'только что сохранено' },
  refused: { look: cell(styles.refused, mark('5')), words: 'не сохранено: причина под таблицей' },
  conflict: { look: cell(styles.conflict, mark('5')), words: 'у другого человека другое значение' },
}

/** Every look of the grid with its meaning. */
export const samples: Sample[] = [
  {
    look: <span className={cx(styles.sample, styles.sampleHead, styles.today)}>12.11</span>,
    words: 'сегодня',
  },
  {
    look: (
      <span className={cx(styles.sample, styles.sampleHead)}>
        12.11
        <i className={styles.unfilled} />
      </span>
    ),
    words: 'урок прошёл и не заполнен',
  },
  { look: cell(styles.cursor), words: 'выбранная клетка' },
  { look: cell(styles.chosen), words: 'выделенный блок' },
  {
    look: cell(undefined, <Content mark="4" attendance="о" comment={false} />),
    words: 'отметка и посещаемость того же урока',
  },
  { look: cell(undefined, mark('2')), words: 'неудовлетворительная отметка' },
  {
    look: cell(undefined, <Content mark="4" attendance={null} comment />),
    words: 'у отметки есть комментарий',
  },
  ...Object.values(stateSamples),
  ...Object.values(closedSamples),
].filter((sample) => sample !== null)
