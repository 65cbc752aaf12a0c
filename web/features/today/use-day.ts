import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { OverdueLessons, TeachingDay } from '#contract/lessons.ts'
import type { LessonsToCover } from '#contract/substitutions.ts'
import { call } from '#web/api.ts'
import { outbox, type ReadPage, readPage } from '#web/outbox.ts'

/** One's own lessons of a day. */
export function useDay(day: string) {
  return useLessonsPage<TeachingDay>(day, `/api/days/${day}`)
}

export function useOverdue(wanted: boolean) {
  return useLessonsPage<OverdueLessons>('overdue', '/api/overdue', wanted)
}

export function useLessonsToCover(wanted: boolean) {
  return useLessonsPage<LessonsToCover>('lessons-to-cover', '/api/lessons-to-cover', wanted)
}

/**
 * A page that tells what of lessons is filled; read again when something of a lesson has been saved from here, also while
 * the page was on its way.
 */
function useLessonsPage<Page>(key: string, path: string, enabled = true): UseQueryResult<ReadPage<Page>> {
  const query = useQuery({
    queryKey: ['day', key],
    queryFn: ({ signal }) => readPage(() => call<Page>('GET', path, { signal })),
    enabled,
    // A card must show what has just been entered on the lesson's own screen.
    staleTime: 0,
  })
  const { data, refetch } = query
  useEffect(
    () =>
      data &&
      outbox.onOutcome(({ operation }) => {
        if (operation.path.startsWith('/api/lessons/')) void refetch()
      }, data.settledBefore),
    [data, refetch],
  )
  return query
}
