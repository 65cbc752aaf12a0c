import { memo, useCallback, useSyncExternalStore } from 'react'
import { cx } from '#ui/cx.ts'
import styles from './grid.module.css'
import { Content, closedLook } from './looks.tsx'
import type { GridView } from './model/grid-view.ts'

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
      className={cx(styles.cell, first && styles.lessonStart, closed && closedLook[closed], styles[state])}
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
        <Content mark={cell.mark} attendance={cell.attendance} comment={cell.comment} />
      </div>
    </td>
  )
})
