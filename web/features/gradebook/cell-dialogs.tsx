import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { CellHistory } from '#contract/gradebook.ts'
import { Button } from '#ui/button.tsx'
import { TextArea } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Skeleton, Soft } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { call } from '#web/api.ts'
import { moment } from '#web/formats.ts'
import { sentenceOf } from '#web/query-client.ts'
import type { GridActions } from './grid-actions.ts'
import { columnWords } from './model/cell-words.ts'
import { attendanceAddress, markAddress } from './model/grid-model.ts'
import { shown } from './model/slots.ts'
import { ValueButtons } from './value-buttons.tsx'

type Props = { actions: GridActions; onClose: () => void }

/** A few words about a mark; the child and the family read them in the diary. */
export function CommentDialog({ actions, onClose }: Props) {
  const { view } = actions
  const cell = view.activeCell()
  if (cell.mark === null || cell.closed) {
    return (
      <Dialog title="Комментарий к отметке" onClose={onClose}>
        <p>{cell.closed ? 'Клетка закрыта.' : 'Сначала поставьте отметку: комментарий пишется к ней.'}</p>
      </Dialog>
    )
  }
  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('comment')).trim()
    actions.writeComment(text === '' ? null : text)
    onClose()
  }
  return (
    <Dialog title={`Комментарий к отметке ${cell.mark}`} onClose={onClose}>
      <form onSubmit={save}>
        <TextArea
          label={cellTitle(actions)}
          hint="Его увидят ребёнок и родители."
          name="comment"
          maxLength={500}
          defaultValue={shown(view.slots(view.active).mark).comment ?? ''}
        />
        <br />
        <DialogActions>
          <Button onClick={onClose}>Отмена</Button>
          <Button type="submit" variant="primary">
            Сохранить
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

type MenuProps = Props & { onComment: () => void; onHistory: () => void }

/** What can be done with one cell, in large buttons: the context-menu key, a right click or a long press. */
export function CellMenu({ actions, onClose, onComment, onHistory }: MenuProps) {
  const { mark, attendance, closed } = actions.view.activeCell()
  return (
    <Dialog title={cellTitle(actions)} onClose={onClose}>
      {closed ? (
        <p>{actions.view.activeCell().label}</p>
      ) : (
        <ValueButtons actions={actions} mark={mark} attendance={attendance} onDone={onClose} />
      )}
      <DialogActions>
        {!closed && (
          <Button
            onClick={() => {
              actions.clear()
              onClose()
            }}
          >
            Очистить клетку
          </Button>
        )}
        {!closed && mark !== null && <Button onClick={onComment}>Комментарий</Button>}
        <Button onClick={onHistory}>История</Button>
      </DialogActions>
    </Dialog>
  )
}

/** Every value this cell has held: who, when, and why it was late or corrected. */
export function HistoryDialog({ actions, onClose }: Props) {
  const { model, active } = actions.view
  const mark = markAddress(model, active)
  const attendance = attendanceAddress(model, active)
  return (
    <Dialog title="История клетки" onClose={onClose}>
      <Soft>{cellTitle(actions)}</Soft>
      {mark && <History actions={actions} workId={mark.workId} title="Отметка" />}
      {attendance && <History actions={actions} workId={undefined} title="Посещаемость" />}
    </Dialog>
  )
}

type HistoryProps = { actions: GridActions; workId: string | undefined; title: string }

function History({ actions, workId, title }: HistoryProps) {
  const { model, store, active } = actions.view
  const address = attendanceAddress(model, active)
  const search = new URLSearchParams({
    lessonId: address?.lessonId ?? '',
    studentId: address?.studentId ?? '',
    ...(workId ? { workId } : {}),
  })
  const history = useQuery({
    queryKey: ['cell-history', store.path, search.toString()],
    queryFn: ({ signal }) => call<CellHistory>('GET', `${store.path}/history?${search}`, { signal }),
    staleTime: 0,
  })
  const [all, setAll] = useState(false)
  if (history.isPending) return <Skeleton lines={2} />
  if (history.isError) return <Notice tone="error">{sentenceOf(history.error)}</Notice>
  const versions = [...history.data.versions].sort((one, other) => other.version - one.version)
  if (versions.length === 0) return <p>{title}: записей ещё не было.</p>
  return (
    <>
      <Table label={`История: ${title.toLowerCase()}`} caption={title}>
        <thead>
          <tr>
            <th scope="col">Когда</th>
            <th scope="col">Значение</th>
            <th scope="col">Кто</th>
          </tr>
        </thead>
        <tbody>
          {(all ? versions : versions.slice(0, 5)).map((version) => (
            <tr key={version.version}>
              <td>
                {moment(version.at)} {version.late && <Badge tone="warn">поздно</Badge>}
                {version.corrected && <Badge tone="info">исправление</Badge>}
                {version.takenBackFrom && (
                  <Badge tone="info">возвращено, как было {moment(version.takenBackFrom)}</Badge>
                )}
                {version.reason && <Soft> {version.reason}</Soft>}
              </td>
              <td>
                <b>{version.value ?? (workId ? 'убрана' : 'на уроке')}</b> {version.comment}
              </td>
              <td>
                {version.actor}
                {version.approvedBy && <Soft> Внесение разрешено: {version.approvedBy}</Soft>}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {!all && versions.length > 5 && (
        <Button onClick={() => setAll(true)}>Показать все: {versions.length}</Button>
      )}
    </>
  )
}

function cellTitle({ view }: GridActions): string {
  const name = view.model.names[view.active.row]
  return `${name}, ${columnWords(view.model, view.active.column)}`
}
