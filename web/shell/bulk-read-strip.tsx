import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { BulkRead, BulkReads } from '#contract/audit.ts'
import { Button } from '#ui/button.tsx'
import { Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { call } from '#web/api.ts'
import { counted, momentSpan } from '#web/formats.ts'
import { listen } from '#web/live.ts'
import { sentenceOf } from '#web/query-client.ts'

const BULK_READS = ['bulk-reads']

/** Tells the officer at once that somebody opens the data of very many children, and stays until it is looked at. */
export function BulkReadStrip() {
  const cache = useQueryClient()
  const again = () => void cache.invalidateQueries({ queryKey: BULK_READS })
  const { data } = useQuery({
    queryKey: BULK_READS,
    queryFn: ({ signal }) => call<BulkReads>('GET', '/api/bulk-reads', { signal }),
  })
  useEffect(() => {
    const reread = () => void cache.invalidateQueries({ queryKey: BULK_READS })
    return listen('alert', { onEvent: reread, onReturn: reread })
  }, [cache])
  const see = useMutation({
    mutationFn: ({ id, version }: BulkRead) =>
      call('PUT', `/api/bulk-reads/${id}`, { body: { seen: true, version } }),
    onSettled: again,
  })
  const waiting = data?.reads.filter(({ seenAt }) => seenAt === null) ?? []
  return (
    <div role="alert">
      <Stack>
        {waiting.map((read) => (
          <Notice key={read.id} tone="error">
            <Row>
              <span>
                {read.who}: открыты данные {counted(read.children, 'ребёнка', 'детей', 'детей')} подряд,{' '}
                {momentSpan(read.firstAt, read.lastAt)}. Узнайте, зачем. Если причина неизвестна, попросите
                администратора закрыть вход.
              </span>
              <Button busy={see.isPending} onClick={() => see.mutate(read)}>
                Принято к сведению
              </Button>
            </Row>
            {see.error && <p>{sentenceOf(see.error)}</p>}
          </Notice>
        ))}
      </Stack>
    </div>
  )
}
