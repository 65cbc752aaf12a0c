import { useCallback, useState, useSyncExternalStore } from 'react'
import { Button, IconButton } from '#ui/button.tsx'
import { Select } from '#ui/controls.tsx'
import { BackIcon, ForwardIcon } from '#ui/icons.tsx'
import { Badge } from '#ui/notice.tsx'
import type { GridActions } from './grid-actions.ts'
import styles from './lesson-list.module.css'
import { closedWords, lessonChoice, workWords } from './model/cell-words.ts'
import type { Column } from './model/grid-model.ts'
import type { CellState } from './model/grid-view.ts'
import { ValueButtons } from './value-buttons.tsx'

/** The journal for a thumb: one column, the children under each other, large buttons. */
export function LessonList({ actions, onMenu }: { actions: GridActions; onMenu: () => void }) {
  const { view } = actions
  const { columns, students } = view.model
  const [column, setColumn] = useState(view.active.column)
  const choose = (next: number) => {
    view.goTo({ row: view.active.row, column: next })
    setColumn(next)
  }
  return (
    <div className={styles.list}>
      <div className={styles.lesson}>
        <IconButton label="Предыдущий" disabled={column === 0} onClick={() => choose(column - 1)}>
          <BackIcon />
        </IconButton>
        <Select label="Урок и работа" value={column} onChange={(event) => choose(Number(event.target.value))}>
          {columns.map((place, index) => (
            <option key={place.work?.id ?? place.lesson.id} value={index}>
              {columnChoice(place)}
            </option>
          ))}
        </Select>
        <IconButton
          label="Следующий"
          disabled={column >= columns.length - 1}
          onClick={() => choose(column + 1)}
        >
          <ForwardIcon />
        </IconButton>
      </div>
      <ol className={styles.students}>
        {students.map((student, row) => (
          <StudentEntry
            key={student.id}
            actions={actions}
            row={row}
            column={column}
            name={view.model.names[row] ?? ''}
            onMenu={onMenu}
          />
        ))}
      </ol>
    </div>
  )
}

type EntryProps = { actions: GridActions; row: number; column: number; name: string; onMenu: () => void }

// The rest of the codes is behind «…»: two buttons for what happens every day, not ten for every child.
const USUAL_ABSENCES = 2

const states: Record<CellState, string | null> = {
  idle: null,
  pending: 'сохраняется',
  saved: 'сохранено',
  refused: 'не сохранено',
  conflict: 'есть другое значение',
}

function StudentEntry({ actions, row, column, name, onMenu }: EntryProps) {
  const { view } = actions
  const subscribe = useCallback(
    (listener: () => void) => view.subscribeCell({ row, column }, listener),
    [view, row, column],
  )
  const cell = useSyncExternalStore(subscribe, () => view.cell({ row, column }))
  const troubled = cell.state === 'refused' || cell.state === 'conflict'
  return (
    <li className={styles.student} onFocus={() => view.goTo({ row, column })}>
      <p>
        <b>{name}</b>
        {states[cell.state] && <Badge tone={troubled ? 'error' : 'good'}>{states[cell.state]}</Badge>}
      </p>
      {cell.closed ? (
        <p className={styles.closed}>
          {[cell.mark, cell.attendance].filter(Boolean).join(' · ')} {closedWords[cell.closed]}
        </p>
      ) : (
        <fieldset className={styles.values}>
          <legend className={styles.legend}>{name}</legend>
          <ValueButtons
            actions={actions}
            position={{ row, column }}
            mark={cell.mark}
            attendance={cell.attendance}
            absences={USUAL_ABSENCES}
          />
          <Button
            aria-label={`Всё о клетке: ${name}`}
            aria-haspopup="dialog"
            onClick={() => {
              view.goTo({ row, column })
              onMenu()
            }}
          >
            …
          </Button>
        </fieldset>
      )}
    </li>
  )
}

function columnChoice({ lesson, work }: Column): string {
  return work ? `${lessonChoice(lesson)} — ${workWords(work)}` : lessonChoice(lesson)
}
