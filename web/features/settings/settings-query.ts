import { queryOptions } from '@tanstack/react-query'
import type { Settings } from '#contract/settings.ts'
import { call } from '#web/api.ts'

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call<Settings>('GET', '/api/settings', { signal }),
})
