import type { ReactNode } from 'react'
import { Button } from '#ui/button.tsx'
import { PrintIcon, RedoIcon, UndoIcon } from '#ui/icons.tsx'
import { ButtonGroup, Toolbar } from '#ui/layout.tsx'
import { Badge } from '#ui/notice.tsx'
import type { GridActions } from './grid-actions.ts'
import styles from './journal-screen.module.css'
import type { Range } from './model/grid-model.ts'

export type Shape = 'grid' | 'list'

const ranges: Record<Range, string> = { week: 'Неделя', 'two-weeks': 'Две недели', intake: 'Весь заезд' }
const shapes: Record<Shape, string> = { grid: 'Таблица', list: 'Один урок' }

type Props = {
  actions: GridActions
  range: Range
  shape: Shape
  onRange: (range: Range) => void
  onShape: (shape: Shape) => void
}

export function JournalToolbar({ actions, range, shape, onRange, onShape }: Props) {
  const { journal, lessons } = actions.view.model.gradebook
  const readOnly = !journal.writable && !lessons.some(({ writable }) => writable)
  return (
    <Toolbar label="Вид журнала">
      {shape === 'grid' && (
        <ButtonGroup label="Показать">
          {(Object.keys(ranges) as Range[]).map((one) => (
            <Button key={one} aria-pressed={range === one} onClick={() => onRange(one)}>
              {ranges[one]}
            </Button>
          ))}
        </ButtonGroup>
      )}
      <ButtonGroup label="Вид">
        {(Object.keys(shapes) as Shape[]).map((one) => (
          <Button key={one} aria-pressed={shape === one} onClick={() => onShape(one)}>
            {shapes[one]}
          </Button>
        ))}
      </ButtonGroup>
      {readOnly && <Badge tone="info">Только чтение</Badge>}
      <ButtonGroup label="Действия">
        {!readOnly && (
          <>
            <Action label="Отменить (Ctrl+Z)" words="Отменить" onClick={() => actions.undo()}>
              <UndoIcon />
            </Action>
            <Action label="Вернуть (Ctrl+Y)" words="Вернуть" onClick={() => actions.redo()}>
              <RedoIcon />
            </Action>
          </>
        )}
        {shape === 'grid' && (
          <Action label="Напечатать журнал" words="Напечатать" onClick={() => print()}>
            <PrintIcon />
          </Action>
        )}
      </ButtonGroup>
    </Toolbar>
  )
}

type ActionProps = { label: string; words: string; onClick: () => void; children: ReactNode }

/** A picture with its word where the screen has room for both. */
function Action({ label, words, onClick, children }: ActionProps) {
  return (
    <Button variant="quiet" className={styles.action} aria-label={label} title={label} onClick={onClick}>
      {children}
      <span>{words}</span>
    </Button>
  )
}
