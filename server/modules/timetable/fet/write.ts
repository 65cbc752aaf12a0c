import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '#domain/timetable/problem.ts'
import { childOf, textOf, type XmlElement } from '../xml.ts'
import { element, textElement } from './markup.ts'
import type { FetDocument } from './read.ts'

const LISTS = ['Time_Constraints_List', 'Space_Constraints_List'] as const

/**
 * The file that was read with the timetable locked into it as FET itself locks a result: a preferred starting time and
 * a preferred room of weight 100 for each card that has them. FET opens it and confirms or refuses the timetable. It
 * cannot hold a card without a room: where a room that such a card wishes for is free, FET gives it and counts less.
 */
export function writeFet(document: FetDocument, timetable: PlacedTimetable): string {
  const { root, problem, text } = document
  const added = { Time_Constraints_List: '', Space_Constraints_List: '' }
  const held = heldAlready(root)
  const room = timetable.room.map((one) => document.virtualOf.get(one) ?? one)
  for (const { type, list, activity, content } of locks(problem, { ...timetable, room }))
    if (!held.has(`${type}|${activity}`)) added[list] += element(`Constraint${type}`, content)
  const places = LISTS.map((list) => ({ list, at: childOf(root, list) }))
  // The last place first, so that what is added moves nothing that is still to be found.
  return places
    .sort((a, b) => (b.at?.end ?? root.end) - (a.at?.end ?? root.end))
    .reduce((written, { list, at }) => insert(written, { list, at, root }, added[list]), text)
}

type Lock = {
  readonly type: 'ActivityPreferredStartingTime' | 'ActivityPreferredRoom'
  readonly list: (typeof LISTS)[number]
  readonly activity: string
  readonly content: string
}

/** A lock for each slot and each room of the timetable. */
export function locks(problem: TimetableProblem, timetable: PlacedTimetable): Lock[] {
  const periods = problem.periods.length
  return problem.activities.flatMap(({ id }, index) => {
    const start = timetable.start[index] ?? NOWHERE
    const room = timetable.room[index] ?? NOWHERE
    if (start === NOWHERE) return []
    const about = textElement('Weight_Percentage', '100') + textElement('Activity_Id', id)
    const day = textElement('Preferred_Day', problem.days[Math.floor(start / periods)] ?? '')
    const hour = textElement('Preferred_Hour', problem.periods[start % periods] ?? '')
    const where = textElement('Room', problem.rooms[room]?.name ?? '')
    const rest =
      textElement('Permanently_Locked', 'false') + textElement('Active', 'true') + textElement('Comments', '')
    const time = { type: 'ActivityPreferredStartingTime', list: 'Time_Constraints_List' } as const
    const space = { type: 'ActivityPreferredRoom', list: 'Space_Constraints_List' } as const
    return [
      { ...time, activity: id, content: about + day + hour + rest },
      ...(room === NOWHERE ? [] : [{ ...space, activity: id, content: about + where + rest }]),
    ]
  })
}

/** What the file itself holds fast: a second lock of the same would be a constraint that FET knows already. */
function heldAlready(root: XmlElement): Set<string> {
  const constraints = LISTS.flatMap((list) => childOf(root, list)?.children ?? [])
  const held = constraints.filter(
    (constraint) =>
      Number(textOf(constraint, 'Weight_Percentage')) === 100 &&
      textOf(constraint, 'Active') !== 'false' &&
      (constraint.name.endsWith('PreferredRoom') ||
        (Boolean(textOf(constraint, 'Preferred_Day')) && Boolean(textOf(constraint, 'Preferred_Hour')))),
  )
  return new Set(
    held.map((constraint) => `${constraint.name.slice(10)}|${textOf(constraint, 'Activity_Id')?.trim()}`),
  )
}

function insert(
  text: string,
  { list, at, root }: { list: string; at: XmlElement | undefined; root: XmlElement },
  added: string,
): string {
  if (added === '') return text
  if (!at) return `${text.slice(0, root.end)}<${list}>\n${added}</${list}>\n${text.slice(root.end)}`
  if (!at.selfClosing) return text.slice(0, at.end) + added + text.slice(at.end)
  const start = text.lastIndexOf('<', at.end - 1)
  return `${text.slice(0, start)}<${list}>\n${added}</${list}>${text.slice(at.end)}`
}
