import { useState } from 'react'
import type { ReferredEntry } from '#contract/referrals.ts'
import { Button } from '#ui/button.tsx'
import { CardList } from '#ui/cards.tsx'
import { EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { newId } from '#web/identifiers.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { useTitle } from '#web/title.ts'
import { EntryCard } from './entry-card.tsx'
import { useReferrals, useWithdraw } from './use-referrals.ts'

/** What one has sent for closed lessons: what waits, what was decided and why. */
export function OwnReferralsPage() {
  useTitle('Мои записи на рассмотрении')
  const query = useReferrals('own')
  const { data, error } = query
  return (
    <Stack>
      <PageHeader
        title="Мои записи на рассмотрении"
        lead="Они пришли, когда срок урока уже прошёл. Решает заместитель директора."
      />
      <LoadFailure title="Список не открылся" query={query} />
      {!data && !error && <Skeleton lines={8} />}
      {data?.entries.length === 0 && (
        <EmptyState title="Таких записей нет">Всё введённое стоит в журнале.</EmptyState>
      )}
      <CardList>
        {data?.entries.map((entry) => (
          <li key={entry.id}>
            <EntryCard entry={entry}>{entry.state === 'waiting' && <Withdrawal entry={entry} />}</EntryCard>
          </li>
        ))}
      </CardList>
    </Stack>
  )
}

function Withdrawal({ entry: { id, version } }: { entry: ReferredEntry }) {
  const withdraw = useWithdraw()
  const [operationId] = useState(newId)
  return (
    <>
      {withdraw.error && <Notice tone="error">{sentenceOf(withdraw.error)}</Notice>}
      <div>
        <Button
          busy={withdraw.isPending}
          onClick={() =>
            withdraw.mutate({ id, version, operationId }, { onSuccess: () => toast('Запись отозвана') })
          }
        >
          Отозвать
        </Button>
      </div>
    </>
  )
}
