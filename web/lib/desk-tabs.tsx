import { Link } from '@tanstack/react-router'
import { CONTROL } from '#domain/access/access.ts'
import { Tabs } from '#ui/layout.tsx'
import { paths } from '../paths.ts'
import { hasRole, useSession } from './session.ts'

/** The parts of the control desk; the days that are looked at go along. */
export function DeskTabs({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  const session = useSession()
  const days = { ...(from && { from }), ...(to && { to }) }
  const options = { exact: true, includeSearch: false }
  const links = [
    {
      key: 'list',
      link: (
        <Link to={paths.control} search={days} activeOptions={options}>
          Замечания
        </Link>
      ),
    },
    {
      key: 'summary',
      link: (
        <Link to={paths.controlSummary} search={days} activeOptions={options}>
          Сводка
        </Link>
      ),
    },
  ]
  // Homeroom teachers see the desk for their class, and open nothing.
  if (hasRole(session, ...CONTROL))
    links.push(
      { key: 'referrals', link: <Link to={paths.referrals}>На рассмотрении</Link> },
      { key: 'windows', link: <Link to={paths.windows}>Открытые уроки</Link> },
    )
  return <Tabs label="Контроль журнала" links={links} />
}
