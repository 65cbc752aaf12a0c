import { memo, useCallback, useSyncExternalStore } from 'react'
import { cx } from '#ui/cx.ts'
import styles from './grid.module.css'
import type { CellView, GridView } from './model/grid-view.ts'

type Props = { view: GridView; row: number; column: number; first: boolean }

/** One cell. It listens to its own place only: a key press draws one cell anew, not the table. */
export const Cell = memo(function Cell({ view, row, column, first }: Props) {
  const subscribe = useCallback(
    (listener: () => void) => view.subscribeCell({ row, column }, listener),
    [view, row, column],
  )
  const cell = useSyncExternalStore(subscribe, () => view.cell({ row, column }))
  const { state, closed } = cell
  const troubled = state === 'refused' || state === 'conflict'
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of an ARIA grid on a real table
      role="gridcell"
      className={cx(styles.cell, first && styles.lessonStart, closed && styles.closed, styles[state])}
      tabIndex={cell.active ? 0 : -1}
      aria-label={cell.label}
      aria-selected={cell.active || cell.selected}
      aria-readonly={closed !== null || undefined}
      aria-invalid={troubled || undefined}
      data-row={row}
      data-column={column}
      title={closed ? cell.label : undefined}
    >
      <div className={styles.inner}>
        <Content {...cell} />
      </div>
    </td>
  )
})

function Content({ mark, attendance, comment }: Pick<CellView, 'mark' | 'attendance' | 'comment'>) {
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
