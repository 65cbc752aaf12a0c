import { useState } from 'react'
import type { EntryWindow, EntryWindows } from '#contract/windows.ts'
import { Button } from '#ui/button.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { toast } from '#web/announce.ts'
import { DeskTabs } from '#web/desk-tabs.tsx'
import { counted, dayMonth, daySpan, moment } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { StaffName } from '#web/staff-name.tsx'
import { useTitle } from '#web/title.ts'
import { OpenDialog } from './open-dialog.tsx'
import { useCloseWindow, useWindows } from './use-windows.ts'
import styles from './windows.module.css'

/** Past lessons opened again for late entry: what is open, who opened it and why. */
export function WindowsPage() {
  useTitle('Открытые уроки')
  const query = useWindows()
  const { data, error } = query
  const [opening, setOpening] = useState(false)
  return (
    <Stack>
      <PageHeader
        title="Открытые уроки"
        lead={
          data &&
          `Сам учитель может дозаполнить урок ${counted(data.windowDays, 'день', 'дня', 'дней')}. Дальше урок открывают здесь.`
        }
      >
        {data?.mayOpen && (
          <Button variant="primary" onClick={() => setOpening(true)}>
            Открыть уроки
          </Button>
        )}
      </PageHeader>
      <DeskTabs />
      <LoadFailure title="Список не открылся" query={query} />
      {!data && !error && <Skeleton lines={8} />}
      {data && !data.mayOpen && (
        <Notice>
          Вы видите список, но открывать уроки вам не поручено. Кто может это делать, указано в настройках.
        </Notice>
      )}
      {data && <List data={data} />}
      {opening && data && <OpenDialog data={data} onClose={() => setOpening(false)} />}
    </Stack>
  )
}

function List({ data: { windows, mayOpen } }: { data: EntryWindows }) {
  const [closing, setClosing] = useState<EntryWindow | null>(null)
  if (windows.length === 0) {
    return (
      <EmptyState title="Сейчас ничего не открыто">
        Если урок не заполнен в срок, откройте учителю нужные дни: они станут доступны сразу.
      </EmptyState>
    )
  }
  return (
    <>
      <Table label="Открытые уроки">
        <thead>
          <tr>
            <th scope="col">Что открыто</th>
            <th scope="col">Уроки</th>
            <th scope="col">До какого дня</th>
            <th scope="col">Причина</th>
            <th scope="col">Кем открыто</th>
            <th scope="col">Состояние</th>
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => (
            <tr key={window.id}>
              <th scope="row">{nameOf(window)}</th>
              <td className={styles.days}>{daySpan(window.from, window.to)}</td>
              <td className={styles.days}>{dayMonth(window.openUntil)}</td>
              <td>{window.reason}</td>
              <td>
                <StaffName of={window.openedBy} />
                {window.openedAt && <div className={styles.soft}>{moment(window.openedAt)}</div>}
              </td>
              <td>
                <State window={window} onClose={mayOpen ? () => setClosing(window) : null} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {closing && <CloseDialog window={closing} onDone={() => setClosing(null)} />}
    </>
  )
}

const nameOf = ({ journal, teacher }: EntryWindow): string =>
  journal?.name ?? `Все уроки: ${teacher?.name ?? ''}`

function State({ window, onClose }: { window: EntryWindow; onClose: (() => void) | null }) {
  if (window.closed) return <Badge>закрыто</Badge>
  if (!window.active) return <Badge>срок вышел</Badge>
  return (
    <div className={styles.state}>
      <Badge tone="good">открыто</Badge>
      {onClose && (
        <Button aria-label={`Закрыть: ${nameOf(window)}`} onClick={onClose}>
          Закрыть
        </Button>
      )}
    </div>
  )
}

function CloseDialog({ window, onDone }: { window: EntryWindow; onDone: () => void }) {
  const close = useCloseWindow()
  const confirm = () =>
    close.mutate(window, {
      onSuccess: () => {
        toast('Уроки закрыты')
        onDone()
      },
    })
  return (
    <Dialog title="Закрыть эти уроки?" onClose={onDone}>
      <p>
        {nameOf(window)}, {daySpan(window.from, window.to)}. Учитель больше не сможет их дозаполнить.
        Внесённое останется.
      </p>
      {close.error && <Notice tone="error">{sentenceOf(close.error)}</Notice>}
      <DialogActions>
        <Button onClick={onDone}>Оставить открытыми</Button>
        <Button variant="primary" busy={close.isPending} onClick={confirm}>
          Закрыть уроки
        </Button>
      </DialogActions>
    </Dialog>
  )
}
