import { Link } from '@tanstack/react-router'
import { useAllUnsaved } from '#ui/unsaved.ts'
import { inLine } from '#web/api.ts'
import { useApprovals } from '#web/approvals.ts'
import { counted, dayWithYear, plural } from '#web/formats.ts'
import { online } from '#web/online.ts'
import { outbox } from '#web/outbox.ts'
import { useSession } from '#web/session.ts'
import { useStore } from '#web/store.ts'
import { paths } from '../paths.ts'
import { BackupStrip } from './backup-strip.tsx'
import { DiskStrip } from './disk-strip.tsx'
import { RestoredStrip } from './restored-strip.tsx'
import styles from './shell.module.css'

/** Why nothing has come yet, when so many ask at once that some have to come again. */
export const IN_LINE =
  'Сейчас очень много обращений, сервер отвечает по очереди. Ждать недолго, повторять не нужно: всё продолжится само.'

/** Lines under the top bar about the whole product: demo data, no connection, somebody else's unsent entries. */
export function Strips() {
  const { demo, accessNews, secondFactor } = useSession()
  const approvals = useApprovals().data?.waiting ?? 0
  const connected = useStore(online)
  const { pause, foreign } = useStore(outbox.state)
  const typed = useAllUnsaved().length > 0
  const crowded = useStore(inLine) > 0
  const cutOff = !connected || pause === 'no-connection'
  return (
    <div className={styles.strips} role="status">
      {demo && <p className={styles.strip}>Демонстрационная база: данные вымышлены</p>}
      {approvals > 0 && (
        <p className={styles.strip}>
          <Link to={paths.approvals}>
            {plural(approvals, 'Ждёт', 'Ждут', 'Ждут')} вашего решения:{' '}
            {counted(approvals, 'запрос', 'запроса', 'запросов')}
          </Link>
        </p>
      )}
      {accessNews.some(({ fresh }) => fresh) && (
        <p className={styles.strip}>
          С вашим доступом что-то делали после вашего прошлого входа.{' '}
          <Link to={paths.account}>Посмотреть, кто и когда</Link>
        </p>
      )}
      {!secondFactor.has && secondFactor.due && (
        <p className={styles.strip}>
          Не позже {dayWithYear(secondFactor.due)} включите второй фактор: для вашей роли он обязателен.{' '}
          <Link to={paths.account}>Включить</Link>
        </p>
      )}
      <DiskStrip />
      <BackupStrip />
      <RestoredStrip />
      {cutOff && (
        <p className={styles.strip}>
          {typed
            ? 'Нет связи. Введённое осталось на этой странице: не закрывайте её и сохраните, когда связь появится.'
            : 'Нет связи. Можно работать дальше: введённое хранится здесь и уйдёт само.'}
        </p>
      )}
      {crowded && <p className={styles.strip}>{IN_LINE}</p>}
      {foreign > 0 && (
        <p className={styles.strip}>
          На этом компьютере {plural(foreign, 'ждёт', 'ждут', 'ждут')}{' '}
          {counted(foreign, 'чужая запись', 'чужие записи', 'чужих записей')}. Всё уйдёт, когда здесь войдёт
          тот, кто это ввёл.
        </p>
      )}
    </div>
  )
}
