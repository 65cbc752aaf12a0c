import { Link, useLocation } from '@tanstack/react-router'
import { Button } from '#ui/button.tsx'
import { isOutdated, lostEntries } from '#web/restored.ts'
import { useStore } from '#web/store.ts'
import { paths } from '../paths.ts'
import styles from './shell.module.css'

/** After a restore: that this page is of before it, or that entries of one's own are no longer in the journal. */
export function RestoredStrip() {
  const { pathname } = useLocation()
  const outdated = useStore(isOutdated)
  const lost = useStore(lostEntries.state).length
  if (outdated)
    return (
      <p className={styles.strip}>
        Журнал восстановлен из резервной копии. Эта страница открыта раньше, и с неё ничего не сохранится:
        перепишите отсюда то, что ещё не сохранено, и обновите её.{' '}
        <Button variant="quiet" onClick={() => location.reload()}>
          Обновить
        </Button>
      </p>
    )
  if (lost === 0 || pathname === paths.lostEntries) return null
  return (
    <p className={styles.strip}>
      Журнал восстановлен из резервной копии, и части ваших записей в нём теперь нет.{' '}
      <Link to={paths.lostEntries}>Посмотреть и внести</Link>
    </p>
  )
}
