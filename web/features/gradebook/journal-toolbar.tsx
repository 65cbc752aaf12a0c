import { Button, IconButton } from '#ui/button.tsx'
import { PrintIcon, RedoIcon, UndoIcon } from '#ui/icons.tsx'
import { ButtonGroup, Toolbar } from '#ui/layout.tsx'
import { Badge } from '#ui/notice.tsx'
import type { GridActions } from './grid-actions.ts'
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
            <IconButton label="Отменить (Ctrl+Z)" onClick={() => actions.undo()}>
              <UndoIcon />
            </IconButton>
            <IconButton label="Вернуть (Ctrl+Y)" onClick={() => actions.redo()}>
              <RedoIcon />
            </IconButton>
          </>
        )}
        {shape === 'grid' && (
          <IconButton label="Напечатать журнал" onClick={() => print()}>
            <PrintIcon />
          </IconButton>
        )}
      </ButtonGroup>
    </Toolbar>
  )
}
