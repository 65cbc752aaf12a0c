import { outbox } from './outbox.ts'
import type { OutboxState } from './outbox-queue.ts'
import { useStore } from './store.ts'

const waits: Record<NonNullable<OutboxState['pause']>, string> = {
  'no-connection': 'не отправлено: нет связи',
  busy: 'не отправлено: сервер занят',
  'signed-out': 'не отправлено: сеанс закончился',
  restored: 'не отправлено: журнал восстановлен из копии',
}

/** What is said of an entry that is on its way: that it is being saved, or why it waits. */
export function usePendingWords(): string {
  const { pause } = useStore(outbox.state)
  return pause ? waits[pause] : 'сохраняется'
}
