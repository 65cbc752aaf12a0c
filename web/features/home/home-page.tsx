import { EmptyState, PageHeader } from '#ui/layout.tsx'
import { capital, longDay } from '#web/formats.ts'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'

/** The first screen after signing in. */
export function HomePage() {
  const { person, today, intake } = useSession()
  useTitle('Сегодня')
  return (
    <>
      <PageHeader title={capital(longDay(today))} lead={intake?.name} />
      <EmptyState title={`Здравствуйте, ${person.shortName}`}>Выберите раздел в меню.</EmptyState>
    </>
  )
}
