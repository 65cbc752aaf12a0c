import { useQuery } from '@tanstack/react-query'
import type { Approvals } from '#contract/approvals.ts'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { call } from './api.ts'
import { hasRole, useSession } from './session.ts'

export const APPROVALS = ['approvals']

/** Requests that wait for a second person, for those who may have a say in them. */
export function useApprovals() {
  const enabled = hasRole(useSession(), ...PRIVILEGED)
  return useQuery({
    queryKey: APPROVALS,
    queryFn: ({ signal }) => call<Approvals>('GET', '/api/approvals', { signal }),
    enabled,
    staleTime: 0,
    refetchInterval: 120_000,
  })
}
