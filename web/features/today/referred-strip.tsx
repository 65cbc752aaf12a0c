import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReferredEntries } from '#contract/referrals.ts'
import { Notice } from '#ui/notice.tsx'
import { call } from '#web/api.ts'
import { counted } from '#web/formats.ts'
import { readPage } from '#web/outbox.ts'
import { wasReferred } from '#web/outbox-queue.ts'
import { useReadAgain } from '#web/read-again.ts'
import { paths } from '../../paths.ts'

/** Own entries that came too late and wait for a decision. */
export function ReferredStrip() {
  const query = useQuery({
    queryKey: ['referrals', 'own'],
    queryFn: ({ signal }) =>
      readPage(() => call<ReferredEntries>('GET', '/api/own-referred-entries', { signal })),
    staleTime: 0,
  })
  useReadAgain(query, wasReferred)
  const { data } = query
  if (!data || data.waiting === 0) return null
  return (
    <Notice title={`На рассмотрении у заместителя: ${counted(data.waiting, 'запись', 'записи', 'записей')}`}>
      Они пришли после срока урока. <Link to={paths.ownReferrals}>Посмотреть или отозвать</Link>
    </Notice>
  )
}
