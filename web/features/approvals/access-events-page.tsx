import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AccessEvent, AccessEvents } from '#contract/approvals.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { EmptyState, PageHeader, Row, Skeleton, Soft, Stack } from '#ui/layout.tsx'
import { Table } from '#ui/table.tsx'
import { call } from '#web/api.ts'
import { moment } from '#web/formats.ts'
import { useKept } from '#web/kept.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { ApprovalTabs } from './approval-tabs.tsx'
import { actionWords, spanText } from './approval-words.ts'

/** Who gave, took, reset or confirmed access and roles, for the director and the administrator. */
export function AccessEventsPage() {
  useTitle('Доступ и роли')
  const [query, setQuery] = useKept('access events query', '')
  const [page, setPage] = useKept('access events page', 1)
  const found = useQuery({
    queryKey: ['access-events', query, page],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams({
        page: String(page),
        ...(query.trim() && { query: query.trim() }),
      })
      return call<AccessEvents>('GET', `/api/access-events?${parameters}`, { signal })
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const { data, error } = found
  return (
    <Stack>
      <PageHeader title="Доступ и роли" lead="Кто и когда выдавал, сбрасывал и подтверждал. Новые сверху." />
      <ApprovalTabs />
      <search>
        <TextField
          label="Чьё имя искать"
          type="search"
          value={query}
          maxLength={100}
          hint="Имя того, о ком речь, того, кто сделал, или того, кто просил."
          onChange={({ target }) => {
            setQuery(target.value)
            setPage(1)
          }}
        />
      </search>
      <LoadFailure title="Список не открылся" query={found} />
      {!data && !error && <Skeleton lines={8} />}
      {data?.events.length === 0 && <EmptyState title="Ничего не найдено" />}
      {data && data.events.length > 0 && <Events events={data.events} />}
      {data && data.pages > 1 && (
        <Row>
          <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
            Новее
          </Button>
          <Soft>
            Страница {data.page} из {data.pages}
          </Soft>
          <Button disabled={page >= data.pages} onClick={() => setPage(page + 1)}>
            Раньше
          </Button>
        </Row>
      )}
    </Stack>
  )
}

function Events({ events }: { events: AccessEvent[] }) {
  return (
    <Table label="Доступ и роли">
      <thead>
        <tr>
          <th scope="col">Когда</th>
          <th scope="col">О ком</th>
          <th scope="col">Что сделано</th>
          <th scope="col">Кто</th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ id, at, personId, person, action, roles, by, asker }) => (
          <tr key={id}>
            <td>{moment(at)}</td>
            <th scope="row">
              {personId ? (
                <Link to={paths.person} params={{ personId }}>
                  {person}
                </Link>
              ) : (
                '—'
              )}
            </th>
            <td>
              {actionWords[action] ?? action}
              {roles.length > 0 && <Soft> ({roles.map(spanText).join('; ')})</Soft>}
            </td>
            <td>
              {by ?? 'консоль сервера'}
              {asker && <Soft>, просит {asker}</Soft>}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
