import { memo, useCallback, useSyncExternalStore } from 'react'
import type { GradebookStudent } from '#contract/gradebook.ts'
import { averageText } from '#web/formats.ts'
import { Cell } from './cell.tsx'
import styles from './grid.module.css'
import type { GridView } from './model/grid-view.ts'

type Props = { view: GridView; row: number; student: GradebookStudent }

/** One child's line. It is drawn once; only its cells and its average ever change. */
export const Row = memo(function Row({ view, row, student }: Props) {
  return (
    <tr>
      <th scope="row" className={styles.name} title={student.name}>
        <span className={styles.number}>{row + 1}</span>
        {view.model.names[row]}
      </th>
      {view.model.columns.map(({ lesson, work, first }, column) => (
        <Cell key={work?.id ?? lesson.id} view={view} row={row} column={column} first={first} />
      ))}
      {!view.model.gradebook.journal.gradeless && <Average view={view} row={row} />}
    </tr>
  )
})

function Average({ view, row }: { view: GridView; row: number }) {
  const subscribe = useCallback((listener: () => void) => view.subscribeRow(row, listener), [view, row])
  const average = useSyncExternalStore(subscribe, () => view.average(row))
  return (
    <td className={styles.average}>
      <div className={styles.inner}>{averageText(average)}</div>
    </td>
  )
}
