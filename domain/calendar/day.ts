/** A calendar day as `YYYY-MM-DD`; strings of this shape sort by time. */
export type Day = `${number}-${number}-${number}`

/** A run of days, both ends included; `to: null` means it has no end yet. */
export type Span = { from: Day; to: Day | null }

/** Whether the day lies in the span, its first and last days included. */
export function covers(span: Span, day: Day): boolean {
  return span.from <= day && (span.to === null || day <= span.to)
}

const MS_PER_DAY = 86_400_000
const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`)

const SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** Whether this is a day of the calendar that a school may know, from 1901 to 2199; 31 November is none. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !SHAPE.test(value)) return false
  const moment = new Date(`${value}T00:00:00Z`)
  const exists = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value)
  return exists && value >= '1901-01-01' && value < '2200-01-01'
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / MS_PER_DAY)
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(utc(day) + count * MS_PER_DAY).toISOString().slice(0, 10) as Day
}

/** Day of the week, 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(utc(day)).getUTCDay() || 7
}

/** Monday of the week the day is in. */
export function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day))
}

const AUGUST = 8

/** The school year a day is in, «2026/27»; it begins in August. */
export function schoolYearOf(day: Day): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const first = month >= AUGUST ? year : year - 1
  return `${first}/${String((first + 1) % 100).padStart(2, '0')}`
}
