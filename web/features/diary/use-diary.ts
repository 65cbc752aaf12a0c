import { queryOptions, useQuery } from '@tanstack/react-query'
import type { DiaryChildren, DiaryWeek } from '#contract/diary.ts'
import { call } from '#web/api.ts'

const diaryQuery = (studentId: string, monday: string) =>
  queryOptions({
    queryKey: ['diary', studentId, monday],
    queryFn: ({ signal }) =>
      call<DiaryWeek>('GET', `/api/students/${studentId}/diary?from=${monday}`, { signal }),
  })

/** A child's week; the neighbouring weeks are kept as they come, so that paging back shows them at once. */
export const useDiary = (studentId: string, monday: string) => useQuery(diaryQuery(studentId, monday))

/** Children whose diary a member of staff may open. */
export const useDiaries = () =>
  useQuery({
    queryKey: ['diaries'],
    queryFn: ({ signal }) => call<DiaryChildren>('GET', '/api/diaries', { signal }),
  })
