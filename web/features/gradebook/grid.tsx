import { type CSSProperties, useEffect, useLayoutEffect, useRef } from 'react'
import { journalTitle } from '#domain/text/journal-title.ts'
import { cellElement, type GridTable } from './cell-element.ts'
import styles from './grid.module.css'
import type { GridActions } from './grid-actions.ts'
import { Head } from './head.tsx'
import type { Position } from './model/grid-model.ts'
import { Row } from './row.tsx'
import { type Opens, useGridEvents } from './use-grid-events.ts'

const HINT = 'grid-hint'

/** The journal: children × works, one keyboard, one cursor. */
export function Grid({ actions, opens }: { actions: GridActions; opens: Opens }) {
  const { view } = actions
  const { gradebook, columns, students } = view.model
  const table = useRef<HTMLTableElement>(null)
  const events = useGridEvents(actions, table, opens)
  useEffect(() => view.subscribeCursor(() => followCursor(table, view.active)), [view])
  useLayoutEffect(() => showActive(table, view.active), [view])
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the grid opens, not when lessons change in it
  useEffect(() => takeFocus(table, view.active), [])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling frame around the table is not a section of the page
    <div
      className={styles.scroller}
      role="region"
      aria-label="Таблица журнала"
      style={{ '--longest': longest(view.model.names) } as CSSProperties}
    >
      <p id={HINT} hidden>
        Стрелки — по клеткам, цифры и буквы — отметки и посещаемость, F2 — комментарий, Shift и F10 — действия
        с клеткой, Escape и затем Tab — выйти из таблицы.
      </p>
      <table
        ref={table}
        className={styles.grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA grid pattern on a real table
        role="grid"
        aria-label={`Журнал: ${journalTitle(gradebook.journal.subject, gradebook.journal.group)}`}
        aria-describedby={HINT}
        aria-multiselectable="true"
        {...events}
      >
        <colgroup>
          <col className={styles.nameColumn} />
          <col className={styles.cellColumn} span={Math.max(1, columns.length)} />
          {!gradebook.journal.gradeless && <col className={styles.averageColumn} />}
        </colgroup>
        <Head model={view.model} />
        <tbody>
          {students.map((student, row) => (
            <Row key={student.id} view={view} row={row} student={student} />
          ))}
        </tbody>
      </table>
      {columns.length === 0 && <p className={styles.noLessons}>В этом промежутке уроков нет.</p>}
    </div>
  )
}

// The focus follows the cursor only while it is in the grid, so that the buttons below keep theirs.
function followCursor(table: GridTable, place: Position) {
  const cell = cellElement(table, place)
  if (!cell || cell === document.activeElement || !table.current?.contains(document.activeElement)) return
  cell.focus({ preventScroll: true })
  cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

const AHEAD_SHOWN = 3

// Opened where entries are made, with what was before it: most of what is ahead is still empty. The page stays unmoved.
function showActive(table: GridTable, place: Position) {
  const cell = cellElement(table, place)
  const scroller = table.current?.parentElement
  if (!cell || !scroller) return
  const { scrollPaddingLeft, scrollPaddingRight } = getComputedStyle(scroller)
  const end = cell.offsetLeft + cell.offsetWidth * (1 + AHEAD_SHOWN) + Number.parseFloat(scrollPaddingRight)
  const start = cell.offsetLeft - Number.parseFloat(scrollPaddingLeft)
  scroller.scrollLeft = Math.min(start, end - scroller.clientWidth)
  scroller.scrollTop = cell.offsetTop - scroller.clientHeight / 2
}

// After the heading, or before anything was reached: the grid is what the page is opened for.
function takeFocus(table: GridTable, place: Position) {
  const focused = document.activeElement
  if (focused !== document.body && focused?.tagName !== 'H1') return
  cellElement(table, place)?.focus({ preventScroll: true })
}

const longest = (names: string[]): number => Math.max(0, ...names.map(({ length }) => length))
