import { type Day, schoolYearOf } from '#domain/calendar/day.ts'
import type { CalendarEventRecord } from '../intake-data.ts'
import type { EventRow } from '../readers/calendar.ts'
import { fold } from '../values/text.ts'

type Event = Pick<CalendarEventRecord, 'kind' | 'startsOn' | 'endsOn' | 'grades'>

/** The event for which there is no school on a day for these grades; of several taught together some would still come. */
export function dayOffFor<One extends Event>(grades: number[], day: Day, calendar: One[]): One | undefined {
  return calendar.find(
    (event) =>
      isDayOff(event) &&
      event.startsOn <= day &&
      day <= event.endsOn &&
      (event.grades === null ||
        (grades.length > 0 && grades.every((grade) => event.grades?.includes(grade)))),
  )
}

const isDayOff = ({ kind }: Pick<Event, 'kind'>): boolean => kind === 'day-off' || kind === 'vacation'

const ownKey = ({ name, startsOn }: EventRow): string => `${fold(name)}|${startsOn}`
const spanOf = ({ name, startsOn, endsOn }: Pick<EventRow, 'name' | 'startsOn' | 'endsOn'>): string =>
  [fold(name), startsOn, endsOn].join('|')
const yearly = ({ name, startsOn }: Pick<EventRow, 'name' | 'startsOn'>): string =>
  `${fold(name)}|${schoolYearOf(startsOn)}`

/**
 * Key of each event of a calendar. A day off that stands elsewhere than the journal has it was moved when the calendar
 * speaks of the whole year or intake and no other of its name is missing; otherwise it is one more.
 */
export function keysOfEvents(
  rows: EventRow[],
  known: CalendarEventRecord[],
  within: { startsOn: Day; endsOn: Day } | null,
): Map<EventRow, string> {
  const left = new Map(known.map((one) => [one.key, one]))
  const keys = new Map<EventRow, string>()
  const take = (row: EventRow, key: string | undefined): void => {
    if (key === undefined || keys.has(row)) return
    keys.set(row, key)
    left.delete(key)
  }
  const offs = rows.filter(isDayOff)
  for (const row of offs) take(row, left.has(ownKey(row)) ? ownKey(row) : undefined)
  for (const row of offs) {
    const same = [...left.values()].find((one) => spanOf(one) === spanOf(row))
    take(row, same?.key)
  }
  const here = ({ startsOn, endsOn }: Pick<EventRow, 'startsOn' | 'endsOn'>): boolean =>
    within !== null && within.startsOn <= endsOn && startsOn <= within.endsOn
  const missing = [...left.values()].filter(here)
  const isWhole = rows.some(({ kind }) => kind === 'intake') || keys.size >= missing.length
  const fresh = isWhole ? offs.filter((one) => !keys.has(one) && here(one)) : []
  for (const row of fresh) take(row, movedFrom(row, fresh, missing))
  return new Map(rows.map((row) => [row, keys.get(row) ?? ownKey(row)]))
}

// The only one that is missing of the only one of its name that is new.
function movedFrom(row: EventRow, fresh: EventRow[], missing: CalendarEventRecord[]): string | undefined {
  const namesakes = <One extends Pick<EventRow, 'name' | 'startsOn'>>(list: One[]): One[] =>
    list.filter((one) => yearly(one) === yearly(row))
  const [only, another] = namesakes(missing)
  return another === undefined && namesakes(fresh).length === 1 ? only?.key : undefined
}
