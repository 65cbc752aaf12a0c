import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { SavedCell } from '#contract/gradebook.ts'
import type { LessonPage } from '#contract/lessons.ts'
import { voice } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { listen } from '#web/live.ts'
import { outbox, type ReadPage, readPage } from '#web/outbox.ts'
import type { Outcome } from '#web/outbox-queue.ts'
import { LessonStore } from './model/lesson-store.ts'

export const lessonQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['lesson', lessonId],
    queryFn: ({ signal }) => readPage(() => call<LessonPage>('GET', `/api/lessons/${lessonId}`, { signal })),
    // An old page would show what was before one's own last entries, with versions that lose every race.
    staleTime: 0,
    gcTime: 0,
  })

/** The lesson's page from the server. */
export function useLesson(lessonId: string) {
  return useQuery(lessonQuery(lessonId))
}

/** The records of one lesson, kept true by this person's own writes and everybody else's. */
export function useLessonStore(page: ReadPage<LessonPage>, refetch: () => void): LessonStore {
  const { id, journalId } = page.lesson
  const first = useRef(page)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one store per lesson; newer pages are taken in below
  const store = useMemo(() => new LessonStore(first.current, outbox, voice), [id])
  useEffect(() => store.take(page), [store, page])
  useEffect(() => {
    const hear = (outcome: Outcome) => {
      store.settle(outcome)
      // Who entered it and when is said by the server.
      if (outcome.operation.path === `/api/lessons/${id}/record`) refetch()
    }
    // The page may not know of what was saved while it was on its way.
    return outbox.onOutcome(hear, first.current.settledBefore)
  }, [store, id, refetch])
  useEffect(
    () =>
      listen('cells', {
        onEvent: (data) => {
          const news = data as { journalId: string; cells: SavedCell[] | null }
          if (news.journalId !== journalId) return
          // A large change comes without its values.
          if (news.cells) store.takeLive(news.cells)
          else refetch()
        },
        onReturn: refetch,
      }),
    [store, journalId, refetch],
  )
  return store
}
