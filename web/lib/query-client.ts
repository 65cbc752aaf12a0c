import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api.ts'

/** The cache of what the server said. `call` already retries, so the cache does not. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: 15_000,
      // Without a connection the request itself says so in Russian; a query paused in silence would not.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

/** The sentence to show for whatever went wrong. */
export function sentenceOf(failure: unknown): string {
  return failure instanceof ApiProblem ? failure.message : 'Что-то пошло не так. Обновите страницу.'
}
