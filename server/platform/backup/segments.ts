/** A piece of the archive by its name: 8 hexadecimal digits of the timeline, then 16 of its place. */
export type Segment = { timeline: number; place: number }

/** What PostgreSQL makes unless told otherwise, and our clusters are never told. */
export const SEGMENT_BYTES = 16 * 2 ** 20

const SEGMENT = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})$/
const PER_FILE = 2 ** 32 / SEGMENT_BYTES

/** The segment that a file of PostgreSQL is; null for a history of timelines and for anything else. */
export function segmentOf(name: string): Segment | null {
  const [, timeline, file, part] = SEGMENT.exec(name) ?? []
  if (!timeline || !file || !part) return null
  return { timeline: parseInt(timeline, 16), place: parseInt(file, 16) * PER_FILE + parseInt(part, 16) }
}

/** Its name as PostgreSQL asks for it. */
export function segmentName({ timeline, place }: Segment): string {
  const parts = [timeline, Math.floor(place / PER_FILE), place % PER_FILE]
  return parts.map((part) => part.toString(16).toUpperCase().padStart(8, '0')).join('')
}

/** The file that tells where a timeline branched off. */
export const historyName = (timeline: number): string =>
  `${timeline.toString(16).toUpperCase().padStart(8, '0')}.history`

/** The place that holds this position of the log («0/3000028»); of an end, the one that holds the byte before it. */
export function placeOf(position: string, isEnd = false): number {
  const [file = '0', offset = '0'] = position.split('/')
  const bytes = parseInt(offset, 16) - (isEnd ? 1 : 0)
  // The end may be the very first byte of a file of the next 4 GB.
  const [high, low] = bytes < 0 ? [parseInt(file, 16) - 1, 2 ** 32 - 1] : [parseInt(file, 16), bytes]
  return high * PER_FILE + Math.floor(low / SEGMENT_BYTES)
}

const pad = (value: number) => String(value).padStart(2, '0')

/** A moment as part of a file's name, to the second: `20261130T104500Z`. */
export function stampOf(moment: Date): string {
  const [year, month, day] = [moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate()]
  const time = [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()]
  return `${year}${pad(month)}${pad(day)}T${time.map(pad).join('')}Z`
}

const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/** The moment of such a name, null when it is none. */
export function momentOf(stamp: string): Date | null {
  const [, year, month, day, hours, minutes, seconds] = STAMP.exec(stamp) ?? []
  return year ? new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`) : null
}
