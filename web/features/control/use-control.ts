import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ControlList, ControlSummary } from '#contract/control.ts'
import { call } from '#web/api.ts'
import { useSession } from '#web/session.ts'
import { type ControlSearch, spanOf } from './control-search.ts'

/** Lessons under the filters of the address; the last answer stays on the screen while the next one comes. */
export function useControl(search: ControlSearch) {
  const { today } = useSession()
  const { teacherId, classId, show } = search
  const filters = { ...spanOf(search, today), ...(teacherId && { teacherId }), ...(classId && { classId }) }
  const query = new URLSearchParams({ ...filters, show: show ?? 'findings' }).toString()
  return useQuery({
    queryKey: ['control', query],
    queryFn: ({ signal }) => call<ControlList>('GET', `/api/control?${query}`, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** The page of figures for the days of the address. */
export function useControlSummary(search: ControlSearch) {
  const { today } = useSession()
  const query = new URLSearchParams(spanOf(search, today)).toString()
  return useQuery({
    queryKey: ['control-summary', query],
    queryFn: ({ signal }) => call<ControlSummary>('GET', `/api/control/summary?${query}`, { signal }),
    placeholderData: keepPreviousData,
  })
}
