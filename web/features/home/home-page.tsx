import { Link } from '@tanstack/react-router'
import { Card, PageHeader, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { capital, longDay } from '#web/formats.ts'
import { hasRole, useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import styles from './home.module.css'

/** The first screen of whoever keeps lists and access: what is done where. */
export function HomePage() {
  const session = useSession()
  const { person, today, intake } = session
  const isAdmin = hasRole(session, 'system-admin')
  useTitle('Сегодня')
  return (
    <Stack>
      <PageHeader title={capital(longDay(today))} lead={intake?.name ?? 'Заезда ещё нет'} />
      {!intake && isAdmin && (
        <Notice title="Журнал ещё пуст">
          Списки загружает команда <code>npm run import -- папка-со-списками</code> на компьютере, где запущен
          журнал. Людей можно добавить и по одному.
        </Notice>
      )}
      <Card>
        <h2>Здравствуйте, {person.shortName}</h2>
        <dl className={styles.places}>
          <dt>
            <Link to={paths.people}>Люди</Link>
          </dt>
          <dd>
            кто учится и работает, роли, {isAdmin ? 'логин и первый пароль для одного человека' : 'семьи'}
          </dd>
          {isAdmin && (
            <>
              <dt>
                <Link to={paths.accessBatch}>Доступ для класса</Link>
              </dt>
              <dd>логины и первые пароли сразу всем, листками для печати</dd>
              <dt>
                <Link to={paths.settings}>Настройки</Link>
              </dt>
              <dd>сроки записи, виды работ, обозначения, название организации</dd>
              <dt>
                <Link to={paths.backups}>Резервные копии</Link>
              </dt>
              <dd>до какой минуты журнал сохранён, папка для копий, что делать, если диск откажет</dd>
            </>
          )}
        </dl>
      </Card>
    </Stack>
  )
}
