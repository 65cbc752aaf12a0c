import { useQuery } from '@tanstack/react-query'
import type { Moment, MomentOverview } from '#contract/moments.ts'
import { CONTROL, TEACHING } from '#domain/access/access.ts'
import { call } from './api.ts'
import { hasRole, useSession } from './session.ts'

export const MOMENT = ['moment']

const OPENING_MS = 1_000
const IDLE_MS = 60_000

/** The moment beside the journal, for those who may look into it or open it; followed closely while it is opened. */
export function useMoment() {
  const enabled = hasRole(useSession(), 'system-admin', ...CONTROL, ...TEACHING)
  return useQuery({
    queryKey: MOMENT,
    queryFn: ({ signal }) => call<MomentOverview>('GET', '/api/moment', { signal }),
    enabled,
    staleTime: IDLE_MS / 2,
    refetchInterval: ({ state: { data } }) => (data?.moment?.stage === 'opening' ? OPENING_MS : IDLE_MS),
  })
}

export type OpenedMoment = Extract<Moment, { stage: 'open' }>

/** The moment that can be looked into now, null while there is none. */
export function useOpenMoment(): OpenedMoment | null {
  const moment = useMoment().data?.moment
  return moment?.stage === 'open' ? moment : null
}
