import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { BatchClasses } from '#contract/accounts.ts'
import type { AccountState, People, Person, PersonKind } from '#contract/people.ts'
import { call } from '#web/api.ts'

export type Search = { query: string; kind: PersonKind | null; page: number }

/** A page of the list; the former page stays in sight while the next one is on its way. */
export const peopleQuery = ({ query, kind, page }: Search) =>
  queryOptions({
    queryKey: ['people', 'list', query, kind, page],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams({ page: String(page) })
      if (query) parameters.set('query', query)
      if (kind) parameters.set('kind', kind)
      return call<People>('GET', `/api/people?${parameters}`, { signal })
    },
    placeholderData: keepPreviousData,
  })

export const personQuery = (personId: string) =>
  queryOptions({
    queryKey: ['people', 'one', personId],
    queryFn: ({ signal }) => call<Person>('GET', `/api/people/${personId}`, { signal }),
  })

export const batchQuery = queryOptions({
  queryKey: ['people', 'batches'],
  queryFn: ({ signal }) => call<BatchClasses>('GET', '/api/account-batches', { signal }),
})

export const accountWords: Record<AccountState, { text: string; tone: 'info' | 'warn' | 'error' | 'good' }> =
  {
    none: { text: 'нет доступа', tone: 'info' },
    'first-password': { text: 'входа ещё не было', tone: 'warn' },
    'first-password-expired': { text: 'первый пароль устарел', tone: 'warn' },
    active: { text: 'есть доступ', tone: 'good' },
    disabled: { text: 'доступ закрыт', tone: 'error' },
  }
