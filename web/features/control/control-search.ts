import type { ControlQuery } from '#contract/control.ts'
import { addDays, type Day, isDay } from '#domain/calendar/day.ts'
import { SHOWN_LESSONS, type ShownLessons } from '#domain/control/keeping.ts'

/** Days and filters of the control desk as they stand in the address. */
export type ControlSearch = Partial<Pick<ControlQuery, 'from' | 'to' | 'teacherId' | 'classId' | 'show'>>

const ID = /^[0-9a-f-]{36}$/i
const matching = (value: unknown, form: RegExp): value is string =>
  typeof value === 'string' && form.test(value)
const isShow = (value: unknown): value is ShownLessons => SHOWN_LESSONS.some((show) => show === value)

/** Reads the address; what it does not understand is left out. */
export function controlSearch({
  from,
  to,
  teacherId,
  classId,
  show,
}: Record<string, unknown>): ControlSearch {
  return {
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
    ...(matching(teacherId, ID) && { teacherId }),
    ...(matching(classId, ID) && { classId }),
    ...(isShow(show) && { show }),
  }
}

/** The days that are looked at: those of the address, else the last seven. */
export function spanOf({ from, to }: ControlSearch, today: string): { from: string; to: string } {
  const last = to ?? today
  return { from: from ?? addDays(last as Day, -6), to: last }
}
