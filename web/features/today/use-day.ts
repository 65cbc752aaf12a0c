import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { OverdueLessons, TeachingDay } from '#contract/lessons.ts'
import type { LessonsToCover } from '#contract/substitutions.ts'
import { call } from '#web/api.ts'
import { outbox } from '#web/outbox.ts'

/** One's own lessons of a day; read again when something of a lesson has been saved from here. */
export function useDay(day: string) {
  const client = useQueryClient()
  useEffect(
    () =>
      outbox.onOutcome(({ operation }) => {
        if (operation.path.startsWith('/api/lessons/')) void client.invalidateQueries({ queryKey: ['day'] })
      }),
    [client],
  )
  return useQuery({
    queryKey: ['day', day],
    queryFn: ({ signal }) => call<TeachingDay>('GET', `/api/days/${day}`, { signal }),
    // A card must show what has just been entered on the lesson's own screen.
    staleTime: 0,
  })
}

export function useOverdue(wanted: boolean) {
  return useQuery({
    queryKey: ['day', 'overdue'],
    queryFn: ({ signal }) => call<OverdueLessons>('GET', '/api/overdue', { signal }),
    enabled: wanted,
    staleTime: 0,
  })
}

export function useLessonsToCover(wanted: boolean) {
  return useQuery({
    queryKey: ['day', 'to-cover'],
    queryFn: ({ signal }) => call<LessonsToCover>('GET', '/api/lessons-to-cover', { signal }),
    enabled: wanted,
    staleTime: 0,
  })
}
