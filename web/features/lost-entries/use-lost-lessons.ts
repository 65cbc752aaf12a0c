import { useQueries } from '@tanstack/react-query'
import type { LessonPage } from '#contract/lessons.ts'
import { type LostEntry, type LostState, lostEntries, lostState } from '#domain/backups/lost-entries.ts'
import { call } from '#web/api.ts'
import { isNothingHere } from '#web/load-failure.tsx'
import type { LostOperation } from '#web/lost-operations.ts'
import { isSame, type Line, type LineValue, linesOf, standingOf } from './lines.ts'

/** A value that was lost, and how it stands to what the journal holds now; null where it can hold it no more. */
export type LostLine = LostEntry<LineValue> & { standing: LineValue | null; state: LostState | null }

/** A lesson with what was lost of it. */
export type LostLesson = {
  lessonId: string
  /** Null while it is on its way, and where the journal has no such lesson. */
  page: LessonPage | null
  isGone: boolean
  /** The reason given when it was first entered, if it was late then. */
  lateReason: string | null
  lines: LostLine[]
}

/** What was lost, lesson by lesson, each beside what the journal holds now. */
export function useLostLessons(operations: readonly LostOperation[]) {
  const lines = operations.flatMap(linesOf)
  const lessonIds = [...new Set(lines.map(({ lessonId }) => lessonId))]
  const queries = useQueries({
    queries: lessonIds.map((lessonId) => ({
      queryKey: ['lost-entries', lessonId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call<LessonPage>('GET', `/api/lessons/${lessonId}`, { signal }),
      // Versions must be those that its author sees here.
      staleTime: 0,
      gcTime: 0,
      refetchOnWindowFocus: false,
    })),
  })
  const lessons = lessonIds.map((lessonId, n): LostLesson => {
    const own = lines.filter((line) => line.lessonId === lessonId)
    const page = queries[n]?.data ?? null
    return {
      lessonId,
      page,
      isGone: isNothingHere(queries[n]?.error),
      lateReason: own.findLast((line) => line.lateReason !== null)?.lateReason ?? null,
      lines: lostEntries<LineValue>(own as Line[]).map((entry) => judged(page, entry)),
    }
  })
  const failed = queries.find(({ error }) => error && !isNothingHere(error))
  return { lessons, failed, isPending: queries.some((query) => query.isPending) }
}

function judged(page: LessonPage | null, entry: LostEntry<LineValue>): LostLine {
  if (!page || !hasPlace(page, entry.value)) return { ...entry, standing: null, state: null }
  const standing = standingOf(page, entry.value)
  return {
    ...entry,
    standing: standing.version > 0 ? standing.value : null,
    state: lostState(entry, standing, isSame),
  }
}

/** Whether the journal has the child and the work at all: either may be younger than the copy. */
function hasPlace(page: LessonPage, value: LineValue): boolean {
  if (!('studentId' in value)) return true
  if (!page.children.some(({ id }) => id === value.studentId)) return false
  return value.kind !== 'mark' || page.works.some(({ id }) => id === value.workId)
}
