const utc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('ru-RU', { timeZone: 'UTC', ...options })

const longDays = utc({ weekday: 'long', day: 'numeric', month: 'long' })
const dayMonths = utc({ day: 'numeric', month: 'long' })
const daysWithYear = utc({ day: 'numeric', month: 'long', year: 'numeric' })
const weekdays = utc({ weekday: 'short' })
const moments = new Intl.DateTimeFormat('ru-RU', {
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
})
const decimals = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 2 })
const tenths = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 1 })
const averages = new Intl.NumberFormat('ru-RU', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const plurals = new Intl.PluralRules('ru-RU')

// A day has no zone: midnight UTC, read back in UTC, is the same day everywhere.
const at = (day: string) => new Date(`${day}T00:00:00Z`)

/** «понедельник, 16 ноября» */
export const longDay = (day: string) => longDays.format(at(day))

/** «16 ноября» */
export const dayMonth = (day: string) => dayMonths.format(at(day))

/** «16 ноября 2026 г.» */
export const dayWithYear = (day: string) => daysWithYear.format(at(day))

/** «16.11» */
export const shortDay = (day: string) => `${day.slice(8, 10)}.${day.slice(5, 7)}`

/** «06.11.2026» */
export const fullDay = (day: string) => `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`

/** «пн» */
export const weekday = (day: string) => weekdays.format(at(day))

/** «2–15 ноября», «28 октября – 15 ноября» */
export function daySpan(from: string, to: string): string {
  if (from === to) return dayMonth(from)
  const sameMonth = from.slice(0, 7) === to.slice(0, 7)
  return sameMonth ? `${Number(from.slice(8))}–${dayMonth(to)}` : `${dayMonth(from)} – ${dayMonth(to)}`
}

/** «16 ноября, 14:05» in the reader's own zone. */
export const moment = (instant: string) => moments.format(new Date(instant)).replace(' в ', ', ')

/** «14:05» when it is today, else «15 ноября, 14:05», in the reader's own zone. */
export function momentOn(today: string, instant: string): string {
  const said = moment(instant)
  return said.startsWith(`${dayMonth(today)},`) && instant.slice(0, 4) === today.slice(0, 4)
    ? said.slice(said.indexOf(',') + 2)
    : said
}

/** «16 ноября, 14:05–14:09», «16 ноября, 23:58 – 17 ноября, 00:03» in the reader's own zone. */
export const momentSpan = (from: string, to: string) =>
  moments.formatRange(new Date(from), new Date(to)).replaceAll(' в ', ', ')

const GIGABYTES = [Number.POSITIVE_INFINITY, 2 ** 30, 'ГБ'] as const
const BYTE_UNITS = [[2 ** 20, 2 ** 10, 'КБ'], [2 ** 30, 2 ** 20, 'МБ'], GIGABYTES] as const

/** «640 КБ», «12 МБ», «1,2 ГБ» */
export function byteSize(bytes: number): string {
  const [, size, unit] = BYTE_UNITS.find(([below]) => bytes < below) ?? GIGABYTES
  const amount = bytes / size
  return `${amount < 10 ? tenths.format(amount) : Math.round(amount)}\u00a0${unit}`
}

/** «3 записи»: the number with the form Russian wants after it: one, few, many. */
export function counted(count: number, one: string, few: string, many: string): string {
  return `${decimals.format(count)} ${plural(count, one, few, many)}`
}

export function plural(count: number, one: string, few: string, many: string): string {
  const forms: Record<string, string> = { one, few, many, other: few }
  return forms[plurals.select(count)] ?? many
}

/** «каб. 34», «каб. А-12», but «спортзал»: a room with a name of its own is no office. */
export const roomText = (room: string) => (/\p{L}{3}/u.test(room) ? room.trim() : `каб. ${room.trim()}`)

/** «1,5» */
export const decimal = (value: number) => decimals.format(value)

/** «4,33»; a dash when there is nothing to average. */
export const averageText = (value: number | null) => (value === null ? '—' : averages.format(value))

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
