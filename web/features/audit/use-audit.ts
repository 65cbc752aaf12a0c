import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { AuditChoices, AuditExport, AuditPage, AuditSection } from '#contract/audit.ts'
import { call } from '#web/api.ts'

export type Wanted = {
  section: AuditSection
  personId: string
  childId: string
  action: string
  from: string
  to: string
}

/** What was chosen, without what was left open. */
const chosen = (wanted: Wanted): Record<string, string> =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''))

export const useAuditLines = (wanted: Wanted) =>
  useInfiniteQuery({
    queryKey: ['audit', wanted],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ ...chosen(wanted), ...(pageParam && { before: pageParam }) })
      return call<AuditPage>('GET', `/api/audit?${query}`, { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const useAuditChoices = () =>
  useQuery({
    queryKey: ['audit-choices'],
    queryFn: ({ signal }) => call<AuditChoices>('GET', '/api/audit/choices', { signal }),
  })

/** Takes the lines out as a file of the browser. */
export const useAuditExport = () =>
  useMutation({
    mutationFn: (wanted: Wanted) => call<AuditExport>('POST', '/api/audit/exports', { body: chosen(wanted) }),
    onSuccess: ({ csv, fileName }) => {
      const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
      const link = Object.assign(document.createElement('a'), { href: address, download: fileName })
      link.click()
      URL.revokeObjectURL(address)
    },
  })
