import type { PlacedTimetable } from '#domain/timetable/problem.ts'
import type { XhsttInstance, XhsttMeet, XhsttSolution } from './instance.ts'
import type { XhsttProblem } from './to-problem.ts'

/** A timetable of the problem an instance became, as a solution of the instance. */
export function solutionOfTimetable(
  instance: XhsttInstance,
  { cards, grid, resourceOfRoom }: XhsttProblem,
  timetable: PlacedTimetable,
  group: string,
): XhsttSolution {
  const meets = cards.map(({ event, duration, role }, card): XhsttMeet => {
    const time = grid.timeOfSlot[timetable.start[card] ?? -1] ?? null
    const resource = resourceOfRoom[timetable.room[card] ?? -1]
    const assigned = role !== null && resource !== undefined ? [{ role, resource }] : []
    return { event, duration, time, assigned }
  })
  return { instance: instance.id, group, meets, report: null }
}

/** Who hands a solution in and when, as every solution group of an archive says. */
export type XhsttSolutionAbout = {
  readonly contributor: string
  readonly date: string
  readonly description: string
}

/**
 * The text of an archive with the solution added to it as a group of its own, so that whoever reads XHSTT finds the
 * instance and the solution in one file.
 */
export function addXhsttSolution(
  archive: string,
  instance: XhsttInstance,
  solution: XhsttSolution,
  about: XhsttSolutionAbout,
): string {
  const group = groupText(instance, solution, about)
  const [groups, end] = ['</SolutionGroups>', '</HighSchoolTimetableArchive>']
  const inGroups = archive.lastIndexOf(groups)
  if (inGroups >= 0) return `${archive.slice(0, inGroups)}${group}\n${archive.slice(inGroups)}`
  const bare = archive.replace(/<SolutionGroups\s*\/>/, '')
  const atEnd = bare.lastIndexOf(end)
  return `${bare.slice(0, atEnd)}<SolutionGroups>\n${group}\n${groups}\n${bare.slice(atEnd)}`
}

function groupText(instance: XhsttInstance, solution: XhsttSolution, about: XhsttSolutionAbout): string {
  return [
    `<SolutionGroup Id="${escaped(solution.group)}">`,
    '<MetaData>',
    `<Contributor>${escaped(about.contributor)}</Contributor>`,
    `<Date>${escaped(about.date)}</Date>`,
    `<Description>${escaped(about.description)}</Description>`,
    '</MetaData>',
    `<Solution Reference="${escaped(instance.id)}">`,
    '<Events>',
    ...solution.meets.map((meet) => meetText(instance, meet)),
    '</Events>',
    '</Solution>',
    '</SolutionGroup>',
  ].join('\n')
}

function meetText(instance: XhsttInstance, { event, duration, time, assigned }: XhsttMeet): string {
  const resources = assigned.map(({ role, resource }) => {
    const id = escaped(instance.resources[resource]?.id ?? '')
    return `<Resource Reference="${id}"><Role>${escaped(role)}</Role></Resource>`
  })
  return [
    `<Event Reference="${escaped(instance.events[event]?.id ?? '')}">`,
    `<Duration>${duration}</Duration>`,
    time === null ? '' : `<Time Reference="${escaped(instance.times[time]?.id ?? '')}"/>`,
    resources.length === 0 ? '' : `<Resources>${resources.join('')}</Resources>`,
    '</Event>',
  ].join('')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}
