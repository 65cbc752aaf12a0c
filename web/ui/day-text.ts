const pad = (part: number) => String(part).padStart(2, '0')

/** «05.03.2026» of «2026-03-05»; nothing of nothing. */
export const dayText = (day: string): string =>
  day && `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']

function monthOf(word: string): number {
  if (/^\d+$/.test(word)) return Number(word)
  return MONTHS.findIndex((stem) => word.toLowerCase().startsWith(stem)) + 1
}

/** Days of that year with two digits are of this century up to ten years ahead of `near`, of the last one beyond. */
function yearOf(digits: string, near: string): number {
  if (digits.length > 2) return Number(digits)
  const thisYear = Number(near.slice(0, 4))
  const year = Math.floor(thisYear / 100) * 100 + Number(digits)
  return year > thisYear + 10 ? year - 100 : year
}

/**
 * The day a person means as «YYYY-MM-DD»: «5.3.26», «05.03.2026», «5/3/2026», «5 марта 2026 г.», «050326», «5.3» of
 * the year of `near`, or as machines write it; null when no such day exists.
 */
export function dayOfText(text: string, near: string): string | null {
  const plain = text
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .replace(/ ?г(?:\.|ода?)?$/i, '')
  const machine = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(plain)
  if (machine) return realDay(Number(machine[1]), Number(machine[2]), Number(machine[3]))
  const run = /^(\d\d)(\d\d)(\d{4}|\d\d)$/.exec(plain)
  const parts = run ?? /^(\d\d?)[ .,/-]+(\d\d?|[а-яё]+)(?:[ .,/-]+(\d{4}|\d\d))?\.?$/i.exec(plain)
  if (!parts) return null
  const [, day = '', month = '', year = near.slice(0, 4)] = parts
  return realDay(yearOf(year, near), monthOf(month), Number(day))
}

function realDay(year: number, month: number, day: number): string | null {
  const text = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text
}

const at = (day: string) => new Date(`${day}T00:00:00Z`)

/** The day itself, or the nearest one that is allowed. */
export function within(day: string, min: string, max: string): string {
  if (day < min) return min
  return day > max ? max : day
}

/** The day so many days later. */
export function shifted(day: string, days: number): string {
  return new Date(at(day).getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

/** The same day so many months later, or the last one of a shorter month. */
export function monthsOn(day: string, months: number): string {
  const first = at(`${day.slice(0, 7)}-01`)
  first.setUTCMonth(first.getUTCMonth() + months)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return `${first.toISOString().slice(0, 7)}-${pad(Math.min(Number(day.slice(8)), last))}`
}

/** Weeks of the month the day is in, Monday first; days of its neighbours are null. */
export function weeksOf(day: string): (string | null)[][] {
  const month = day.slice(0, 7)
  const before = (at(`${month}-01`).getUTCDay() + 6) % 7
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const shown = shifted(`${month}-01`, week * 7 + weekday - before)
      return shown.startsWith(month) ? shown : null
    }),
  ).filter((week) => week.some(Boolean))
}

const inRussian = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('ru-RU', { timeZone: 'UTC', ...options })
  return (day: string) => format.format(at(day))
}

/** «ноябрь 2026 г.» */
export const monthText = inRussian({ month: 'long', year: 'numeric' })

/** «четверг, 12 ноября 2026 г.» */
export const wholeDayText = inRussian({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
