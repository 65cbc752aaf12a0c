import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DecideReferred, ReferredEntries, ReferredEntry, ReferredOutcome } from '#contract/referrals.ts'
import { call } from '#web/api.ts'
import { readPage } from '#web/outbox.ts'
import { wasReferred } from '#web/outbox-queue.ts'
import { useReadAgain } from '#web/read-again.ts'

export type Whose = 'all' | 'own'

const address = { all: '/api/referred-entries', own: '/api/own-referred-entries' }
const queryKey = ['referrals']

/** Entries that came for closed lessons: everybody's for control, or one's own. */
export function useReferrals(whose: Whose, enabled = true) {
  const query = useQuery({
    queryKey: [...queryKey, whose],
    queryFn: ({ signal }) => readPage(() => call<ReferredEntries>('GET', address[whose], { signal })),
    staleTime: 0,
    enabled,
  })
  useReadAgain(query, wasReferred)
  return query
}

type Decision = { entry: ReferredEntry; operationId: string } & Pick<DecideReferred, 'decision' | 'reason'>

/** Writes an entry into the journal or declines it; the records are those that were on the screen. */
export function useDecide() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ entry: { id, version, seen, kind }, operationId, ...said }: Decision) => {
      // Topic and homework are one record in two lines.
      const records = kind === 'record' || kind === 'homework' ? seen.slice(0, 1) : seen
      const body: DecideReferred = { ...said, version, seen: records }
      return call<ReferredOutcome>('PUT', `${address.all}/${id}/decision`, { body, operationId })
    },
    onSettled: () => cache.invalidateQueries({ queryKey }),
  })
}

/** Takes an own entry back. */
export function useWithdraw() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, operationId }: { id: string; version: number; operationId: string }) =>
      call<ReferredOutcome>('PUT', `${address.own}/${id}/withdrawal`, { body: { version }, operationId }),
    onSettled: () => cache.invalidateQueries({ queryKey }),
  })
}
