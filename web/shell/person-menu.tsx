import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { Button, buttonClass } from '#ui/button.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { PersonIcon } from '#ui/icons.tsx'
import { useAllUnsaved } from '#ui/unsaved.ts'
import { toast } from '#web/announce.ts'
import { counted, moment } from '#web/formats.ts'
import { outbox } from '#web/outbox.ts'
import { sentenceOf } from '#web/query-client.ts'
import { leave as leaveDevice, lostEntries } from '#web/restored.ts'
import { roleWords } from '#web/role-words.ts'
import { hasRole, signOut, useSession } from '#web/session.ts'
import { useStore } from '#web/store.ts'
import { paths } from '../paths.ts'
import styles from './shell.module.css'

export function PersonMenu() {
  const cache = useQueryClient()
  const session = useSession()
  const unsaved = useAllUnsaved()
  const lost = useStore(lostEntries.state)
  const [warned, setWarned] = useState<number | null>(null)

  async function leave() {
    try {
      await signOut()
      await leaveDevice()
      await cache.resetQueries()
    } catch (problem) {
      toast(sentenceOf(problem))
    }
  }

  function askToLeave() {
    const { waiting } = outbox.state.get()
    if (waiting.length > 0 || unsaved.length > 0 || lost.length > 0) setWarned(waiting.length)
    else void leave()
  }

  return (
    <Disclosure
      label={
        <>
          <PersonIcon />
          <span className={styles.wide}>{session.person.shortName}</span>
        </>
      }
      accessibleName={`Вы вошли как ${session.person.shortName}`}
    >
      <p className={styles.who}>
        <b>{session.person.name}</b>
        <span className={styles.small}>{session.roles.map((role) => roleWords[role]).join(', ')}</span>
      </p>
      {session.lastSignInAt && (
        <p className={styles.small}>
          Прошлый вход: {moment(session.lastSignInAt)}. Если это были не вы, смените пароль.
        </p>
      )}
      {hasRole(session, ...PRIVILEGED) && (
        <Link to={paths.approvals} className={buttonClass()}>
          Подтверждения
        </Link>
      )}
      <Link to={paths.account} className={buttonClass()}>
        Мой вход
      </Link>
      <Button onClick={askToLeave}>Выйти</Button>
      {warned !== null && (
        <Dialog title={leavingTitle(unsaved.length, warned)} onClose={() => setWarned(null)}>
          {unsaved.length > 0 && (
            <p>Не сохранено: {unsaved.map(({ what }) => what).join(', ')}. Если выйти, введённое пропадёт.</p>
          )}
          {warned > 0 && (
            <p>
              {counted(warned, 'запись ещё не ушла', 'записи ещё не ушли', 'записей ещё не ушли')} на сервер.
              Если выйти сейчас, они останутся на этом компьютере и уйдут, когда вы снова войдёте здесь под
              своим именем.
            </p>
          )}
          {lost.length > 0 && (
            <p>
              Записи, которые пропали при восстановлении журнала, при выходе исчезнут и с этого устройства.
              Сначала внесите их: ссылка стоит вверху страницы.
            </p>
          )}
          <DialogActions>
            <Button onClick={() => void leave()}>Всё равно выйти</Button>
            <Button variant="primary" onClick={() => setWarned(null)}>
              Остаться
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Disclosure>
  )
}

function leavingTitle(unsaved: number, waiting: number): string {
  if (unsaved > 0) return 'Выйти без сохранения?'
  return waiting > 0 ? 'Есть неотправленное' : 'Есть записи, которые можно внести заново'
}
