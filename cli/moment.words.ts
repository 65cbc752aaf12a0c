const local = { dateStyle: 'short', timeStyle: 'medium' } as const

/** A moment as the server's own clock shows it. */
export const momentWords = (moment: Date | string): string => new Date(moment).toLocaleString('ru-RU', local)

/** What is accepted, in the line that follows every fault. */
const ACCEPTED: Record<Option, string> = {
  '--to':
    'Так понятно: --to "2026-11-30 12:05" или --to "30.11.2026 12:05", время этого сервера, секунды можно добавить; --to last — самое позднее, что есть в копиях.',
  '--settle':
    'Так понятно: --settle "2026-11-30 12:05" или --settle "30.11.2026 12:05", время этого сервера, секунды можно добавить.',
}

/** By how many minutes the clock on the wall is ahead of UTC at a moment. */
export type LocalClock = (moment: Date) => number

/** Where it was typed. */
type Option = '--to' | '--settle'

const DATE = String.raw`(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))`
const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?`
const ZONE = String.raw`(?:\s*(Z|[+-]\d{2}:?\d{2}))`
const WHOLE = new RegExp(`^${DATE}(?:[Tt]|,?\\s+)${TIME}${ZONE}?$`)
const ONLY_DAY = new RegExp(`^${DATE}$`)
const ONLY_TIME = new RegExp(`^${TIME}${ZONE}?$`)

/** A moment as typed, by the server's own clock or with its distance from UTC; else what is wrong, in words. */
export function readMoment(
  text: string,
  option: Option = '--to',
  clock: LocalClock = (moment) => -moment.getTimezoneOffset(),
): Date | { fault: string } {
  const read = readWhole(text.trim(), clock)
  return read instanceof Date ? read : { fault: `${option}: ${read}\n${ACCEPTED[option]}` }
}

function readWhole(typed: string, clock: LocalClock): Date | string {
  const found = WHOLE.exec(typed)
  if (!found) return partWords(typed)
  const [, y1, m1, d1, d2, m2, y2, hours, minutes, seconds = '0', zone] = found
  const day: DayParts = [Number(y1 ?? y2), Number(m1 ?? m2), Number(d1 ?? d2)]
  const time: TimeParts = [Number(hours), Number(minutes), Number(seconds)]
  if (!isDay(day)) return `«${typed}» — такого дня в календаре нет.`
  if (!isTime(time)) return `«${typed}» — такого времени не бывает.`
  return zone
    ? new Date(utcOf(day, time) - offsetOf(zone))
    : onlyOf(typed, localMoments(day, time, clock), clock)
}

function partWords(typed: string): string {
  if (typed === '') return 'минута не названа.'
  if (ONLY_DAY.test(typed)) return `«${typed}» — только день. Допишите время: к какой минуте этого дня?`
  if (ONLY_TIME.test(typed)) return `«${typed}» — только время. Допишите день перед ним.`
  return `«${typed}» — не минута: не понятно, какие день и время имеются в виду.`
}

function onlyOf(typed: string, moments: readonly Date[], clock: LocalClock): Date | string {
  const [moment, again] = moments
  if (!moment) return `«${typed}» — в эту ночь часы перевели вперёд, и такой минуты на часах сервера не было.`
  return again
    ? `«${typed}» — часы переводили назад, и такая минута встречается дважды. ${eitherOf(typed, moments, clock)}`
    : moment
}

type DayParts = [year: number, month: number, day: number]
type TimeParts = [hours: number, minutes: number, seconds: number]

const utcOf = ([year, month, day]: DayParts, [hours, minutes, seconds]: TimeParts): number =>
  Date.UTC(year, month - 1, day, hours, minutes, seconds)

function isDay(day: DayParts): boolean {
  const found = new Date(utcOf(day, [0, 0, 0]))
  return (
    found.getUTCFullYear() === day[0] && found.getUTCMonth() === day[1] - 1 && found.getUTCDate() === day[2]
  )
}

const isTime = ([hours, minutes, seconds]: TimeParts): boolean => hours < 24 && minutes < 60 && seconds < 60

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  return sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Every moment at which the clock shows this: one, two where it was put back, none where it was put on. */
function localMoments(day: DayParts, time: TimeParts, clock: LocalClock): Date[] {
  const shown = utcOf(day, time)
  // What a clock shows is known of a moment, not the other way round: its distances a day around are tried.
  const ahead = [-DAY, 0, DAY].map((away) => clock(new Date(shown + away)))
  return [...new Set(ahead)]
    .map((minutes) => new Date(shown - minutes * MINUTE))
    .filter((moment) => moment.getTime() + clock(moment) * MINUTE === shown)
    .toSorted((one, other) => one.getTime() - other.getTime())
}

function eitherOf(typed: string, moments: readonly Date[], clock: LocalClock): string {
  const ways = moments.map((one) => `"${typed}${zoneText(clock(one))}"`)
  return `Допишите пояс, первый раз или второй: ${ways.join(' или ')}.`
}

function zoneText(minutes: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const away = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(away / 60)}:${two(away % 60)}`
}
