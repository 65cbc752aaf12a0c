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
