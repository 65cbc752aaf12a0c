import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { OverdueLessons, TeachingDay } from '#contract/lessons.ts'
import type { LessonsToCover } from '#contract/substitutions.ts'
import { call } from '#web/api.ts'
import { type ReadPage, readPage } from '#web/outbox.ts'
import type { Outcome } from '#web/outbox-queue.ts'
import { useReadAgain } from '#web/read-again.ts'

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

const isOfLesson = ({ operation }: Outcome) => operation.path.startsWith('/api/lessons/')

/** A page that tells what of lessons is filled. */
function useLessonsPage<Page>(key: string, path: string, enabled = true): UseQueryResult<ReadPage<Page>> {
  const query = useQuery({
    queryKey: ['day', key],
    queryFn: ({ signal }) => readPage(() => call<Page>('GET', path, { signal })),
    enabled,
    // A card must show what has just been entered on the lesson's own screen.
    staleTime: 0,
  })
  useReadAgain(query, isOfLesson)
  return query
}
