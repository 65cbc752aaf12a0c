import { addDays, type Day, isDay, mondayOf, weekdayOf } from '#domain/calendar/day.ts'

/** What of a diary is shown: which day, and whether alone or with its week. */
export type DiarySearch = { day?: string; view?: 'day' | 'week' }

/** Reads the address; what it does not understand is left out. */
export function diarySearch(search: Record<string, unknown>): DiarySearch {
  const { day, view } = search
  return {
    ...(isDay(day) && { day }),
    ...((view === 'day' || view === 'week') && { view }),
  }
}

/** The day that «next week» and «previous week» lead to: the same weekday, or that week's own. */
export const sameDayOf = (monday: string, day: string): Day =>
  addDays(mondayOf(monday as Day), weekdayOf(day as Day) - 1)
