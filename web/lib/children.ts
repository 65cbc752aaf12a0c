import { queryOptions } from '@tanstack/react-query'
import type { Children } from '#contract/diary.ts'
import { call } from './api.ts'

/** The children of this account: for a guardian each of them, for a student itself. */
export const childrenQuery = queryOptions({
  queryKey: ['children'],
  queryFn: ({ signal }) => call<Children>('GET', '/api/children', { signal }),
})
