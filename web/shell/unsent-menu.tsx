import { useEffect, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { mention, toast } from '#web/announce.ts'
import { counted } from '#web/formats.ts'
import { outbox } from '#web/outbox.ts'
import { type OutboxState, wasReferred } from '#web/outbox-queue.ts'
import { refusalText } from '#web/refusals.ts'
import { useStore } from '#web/store.ts'
import styles from './shell.module.css'

const reasons: Record<NonNullable<OutboxState['pause']>, string> = {
  'no-connection': 'Нет связи с сервером. Отправим сами, как только она появится.',
  busy: 'Сервер занят. Отправим сами через несколько секунд.',
  'signed-out': 'Сеанс закончился. Отправим сразу после входа.',
  restored: 'Журнал восстановлен из копии. Обновите страницу и посмотрите записи.',
}

/** What has been typed but not yet accepted: how much waits, why, and what was refused. */
export function UnsentMenu() {
  const { waiting, refused, pause, keeping } = useStore(outbox.state)
  // Said wherever one is by now: what was typed may have been sent long after its screen was left.
  useEffect(
    () =>
      outbox.onOutcome((outcome) => {
        if (!wasReferred(outcome)) return
        toast('Срок урока прошёл: запись передана заместителю директора')
      }),
    [],
  )
  const slow = useLasting(waiting.length > 0)
  const stuck = pause !== null && waiting.length > 0
  useEffect(() => {
    if (stuck) mention(`Не отправлено: ${waiting.length}. ${pause ? reasons[pause] : ''}`)
  }, [stuck, pause, waiting.length])
  if (!slow && refused.length === 0) return null
  return (
    <Disclosure label={<span className={styles.unsent}>{counter(waiting.length, refused.length)}</span>}>
      {waiting.length > 0 && (
        <p>
          {counted(waiting.length, 'запись ждёт', 'записи ждут', 'записей ждут')} отправки.{' '}
          {pause ? reasons[pause] : 'Отправляем…'}
        </p>
      )}
      {waiting.length > 0 && <Kept keeping={keeping} />}
      {pause && pause !== 'signed-out' && (
        <Button onClick={() => void outbox.flush()}>Отправить сейчас</Button>
      )}
      {refused.length > 0 && <RefusedList operations={refused} />}
    </Disclosure>
  )
}

/** Whether the page may be closed before everything has been sent. */
function Kept({ keeping }: Pick<OutboxState, 'keeping'>) {
  if (keeping === 'kept')
    return <p>Введённое хранится на этом устройстве и не пропадёт, если закрыть страницу.</p>
  if (keeping === 'being-kept') return <p>Записываем введённое на это устройство…</p>
  return (
    <Notice tone="warn">Браузер не даёт хранить данные: не закрывайте страницу, пока всё не уйдёт.</Notice>
  )
}

// What is accepted within a moment is not worth a flicker at every key.
const WORTH_SHOWING_MS = 600

function useLasting(state: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!state) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), WORTH_SHOWING_MS)
    return () => clearTimeout(timer)
  }, [state])
  return state && lasting
}

function counter(waiting: number, refused: number): string {
  const parts = [waiting > 0 && `Не отправлено: ${waiting}`, refused > 0 && `Не принято: ${refused}`]
  return parts.filter(Boolean).join(' · ')
}

function RefusedList({ operations }: { operations: OutboxState['refused'] }) {
  return (
    <ul className={styles.entries} aria-label="Не принято сервером">
      {operations.map(({ operationId, refused }) => (
        <li key={operationId}>
          <p>{refused && refusalText(refused.problem)}</p>
          <Button variant="quiet" onClick={() => void outbox.retry(operationId)}>
            Отправить ещё раз
          </Button>
          <Button variant="quiet" onClick={() => void outbox.dismiss([operationId])}>
            Убрать
          </Button>
        </li>
      ))}
    </ul>
  )
}
