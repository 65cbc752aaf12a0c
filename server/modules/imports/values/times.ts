import type { Day } from '#domain/calendar/day.ts'
import type { CellValue } from '../workbook.ts'
import { MONTH_STEMS, WEEKDAY_NAMES } from './terms.words.ts'
import { fold, lineOf } from './text.ts'

/** Monday is 1, Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** A span of one day's time, «HH:MM» both. */
export type TimeSpan = { startsAt: string; endsAt: string }

const DAY_MS = 86_400_000
// Serial numbers of 1930 and 2100: a number outside is not a day somebody meant.
const EARLIEST_SERIAL = 10_959
const LATEST_SERIAL = 73_051

/** A day from a date cell, a serial number or the usual spellings («2.11.2026», «2026-11-02»); null otherwise. */
export function dayOf(value: CellValue): Day | null {
  if (typeof value === 'number') return serialDay(value)
  const text = lineOf(value) ?? ''
  if (/^\d{5}$/.test(text)) return serialDay(Number(text))
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00.*)?$/.exec(text)
  if (iso !== null) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const russian = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s?\p{L}\.?)*$/u.exec(text)
  if (russian !== null) return realDay(Number(russian[3]), Number(russian[2]), Number(russian[1]))
  const worded = /^(\d{1,2}) (\p{L}+) (\d{4})(?:\s?\p{L}\.?)*$/u.exec(fold(text))
  const month = monthOf(worded?.[2] ?? '')
  return worded === null || month < 0 ? null : realDay(Number(worded[3]), month + 1, Number(worded[1]))
}

/** The two days a date with strokes may mean, day or month first; null when it means one. */
export function ambiguousDay(value: CellValue): { one: Day; other: Day } | null {
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(lineOf(value) ?? '')
  if (found === null || Number(found[1]) === Number(found[2])) return null
  const [first, second, year] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const [one, other] = [realDay(year, second, first), realDay(year, first, second)]
  return one === null || other === null ? null : { one, other }
}

/** Index of the month a word names, January being 0; -1 when it names none. */
export function monthOf(word: string): number {
  return MONTH_STEMS.findIndex((stem) => fold(word).startsWith(stem))
}

/** Weekdays listed in a text, in its order: «среда, пятница», «пн и ср»; null when a word is none. */
export function weekdaysOf(text: string): Weekday[] | null {
  const words = fold(text)
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1)
  const days = words.map(weekdayOf)
  return days.length === 0 || days.includes(null) ? null : days.filter((day) => day !== null)
}

/** Number of the weekday a day falls on, Monday being 1. */
export function weekdayOfDay(day: Day): Weekday {
  const index = new Date(`${day}T00:00:00Z`).getUTCDay()
  return (index === 0 ? 7 : index) as Weekday
}

/** Every day from the first to the last, both included. */
export function daysBetween(from: Day, to: Day): Day[] {
  const count = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1)
  return Array.from({ length: count }, (_, index) => dayAt(Date.parse(from) + index * DAY_MS))
}

/** A time of day from text, a time cell or a fraction of a day; null otherwise. */
export function timeOf(value: CellValue): string | null {
  if (typeof value === 'number')
    return value >= 0 && value < 1 ? minutesAsTime(Math.round(value * 1440)) : null
  const found = /^(\d{1,2})[:.-](\d{2})(?::\d{2})?$/.exec(lineOf(value) ?? '')
  if (found === null || Number(found[1]) > 23 || Number(found[2]) > 59) return null
  return `${(found[1] ?? '').padStart(2, '0')}:${found[2]}`
}

/** A span of time such as «08:30–09:10» or «8.30 - 9.10»; null when it is none or runs backwards. */
export function timeSpanOf(value: CellValue): TimeSpan | null {
  const found = /^(\d{1,2}[:.]\d{2})\s?-\s?(\d{1,2}[:.]\d{2})$/.exec(fold(lineOf(value) ?? ''))
  const startsAt = timeOf(found?.[1] ?? null)
  const endsAt = timeOf(found?.[2] ?? null)
  return startsAt === null || endsAt === null || startsAt >= endsAt ? null : { startsAt, endsAt }
}

/** Weekdays with the time they share: «вторник, пятница 13:00–13:25», several of them parted by «;». */
export function weeklyTimesOf(text: string): ({ weekday: Weekday } & TimeSpan)[] | null {
  const parts = text.split(/[;\n]+/).map((part) => /^(\D+)(\d.*)$/s.exec(part.trim()))
  const slots = parts.map((part) => {
    const span = timeSpanOf(part?.[2] ?? null)
    const days = weekdaysOf(part?.[1] ?? '')
    return span === null || days === null ? null : days.map((weekday) => ({ weekday, ...span }))
  })
  return slots.includes(null) ? null : slots.flatMap((list) => list ?? [])
}

function weekdayOf(word: string): Weekday | null {
  const index = WEEKDAY_NAMES.findIndex((names) => names.includes(word))
  return index < 0 ? null : ((index + 1) as Weekday)
}

function serialDay(serial: number): Day | null {
  if (!Number.isInteger(serial) || serial < EARLIEST_SERIAL || serial > LATEST_SERIAL) return null
  // Serial 25569 is 1970-01-01 in the 1900 date system.
  return dayAt((serial - 25_569) * DAY_MS)
}

function realDay(year: number, month: number, day: number): Day | null {
  if (year < 1900 || year > 2100) return null
  const instant = Date.UTC(year, month - 1, day)
  const made = new Date(instant)
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? dayAt(instant) : null
}

function dayAt(instant: number): Day {
  return new Date(instant).toISOString().slice(0, 10) as Day
}

function minutesAsTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
