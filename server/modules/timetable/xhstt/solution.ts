import type { PlacedTimetable } from '#domain/timetable/problem.ts'
import type { XhsttInstance, XhsttMeet, XhsttSolution } from './instance.ts'
import type { XhsttProblem } from './to-problem.ts'

/** A timetable of the problem an instance became, as a solution of the instance. */
export function solutionOfTimetable(
  instance: XhsttInstance,
  { cards, grid, plan }: XhsttProblem,
  timetable: PlacedTimetable,
): XhsttSolution {
  const meets = cards.map(({ event, duration }, card): XhsttMeet => {
    const time = grid.timeOfSlot[timetable.start[card] ?? -1] ?? null
    const found = plan.rooms[timetable.room[card] ?? -1] ?? []
    const assigned = (plan.needs[event] ?? []).flatMap(({ role }, place) => {
      const resource = found[place]
      return role !== null && resource !== undefined ? [{ role, resource }] : []
    })
    return { event, duration, time, assigned }
  })
  return { instance: instance.id, group: GROUP, meets, report: null }
}

const GROUP = 'Zhuravl'
const BARE = `<?xml version="1.0" encoding="UTF-8"?>
<HighSchoolTimetableArchive><Instances/></HighSchoolTimetableArchive>`

/**
 * The timetable as a solution in an archive: added to the text of the archive the instance came from, so that whoever
 * reads XHSTT finds both in one file; or by itself.
 */
export function writeXhsttSolution(
  instance: XhsttInstance,
  problem: XhsttProblem,
  timetable: PlacedTimetable,
  archive = BARE,
): string {
  const group = groupText(instance, solutionOfTimetable(instance, problem, timetable))
  const [groups, end] = ['</SolutionGroups>', '</HighSchoolTimetableArchive>']
  const inGroups = archive.lastIndexOf(groups)
  if (inGroups >= 0) return `${archive.slice(0, inGroups)}${group}\n${archive.slice(inGroups)}`
  const bare = archive.replace(/<SolutionGroups\s*\/>/, '')
  const atEnd = bare.lastIndexOf(end)
  return `${bare.slice(0, atEnd)}<SolutionGroups>\n${group}\n${groups}\n${bare.slice(atEnd)}`
}

function groupText(instance: XhsttInstance, solution: XhsttSolution): string {
  return [
    `<SolutionGroup Id="${escaped(solution.group)}">`,
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
