import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReferredEntries } from '#contract/referrals.ts'
import { CONTROL } from '#domain/access/access.ts'
import { Tabs } from '#ui/layout.tsx'
import { paths } from '../paths.ts'
import { call } from './api.ts'
import { hasRole, useSession } from './session.ts'

/** The parts of the control desk; the days that are looked at go along. */
export function DeskTabs({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  // Homeroom teachers see the desk for their class; they open and decide nothing.
  const control = hasRole(useSession(), ...CONTROL)
  const { data } = useQuery({
    queryKey: ['referrals', 'all'],
    queryFn: ({ signal }) => call<ReferredEntries>('GET', '/api/referred-entries', { signal }),
    enabled: control,
  })
  const waiting = data?.waiting ?? 0
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
  if (control)
    links.push(
      {
        key: 'referrals',
        link: <Link to={paths.referrals}>На рассмотрении{waiting > 0 && `: ${waiting}`}</Link>,
      },
      { key: 'windows', link: <Link to={paths.windows}>Открытые уроки</Link> },
    )
  return <Tabs label="Контроль журнала" links={links} />
}
