import type { TimetableRoom } from '#domain/timetable/problem.ts'
import type { FileReport } from '../faults.ts'
import { childrenOf, textOf, type XmlElement } from '../xml.ts'
import { type Names, readFlag, readNames, readNumber } from './names.ts'

/** What FET gives a room whose capacity nobody said. */
const ANY_CAPACITY = 30_000

/** Reads rooms and buildings; a virtual room is a room with parts. */
export function readRooms(
  root: XmlElement,
  report: FileReport,
): { rooms: TimetableRoom[]; names: Names; buildings: string[] } {
  const buildings = readNames(root, 'Buildings_List', { element: 'Building', thing: 'building' }, report)
  const names = readNames(root, 'Rooms_List', { element: 'Room', thing: 'room' }, report)
  const rooms = names.elements.map((element, at): TimetableRoom => {
    const building = textOf(element, 'Building') ?? ''
    const capacity = readNumber(element, 'Capacity', { least: 0, most: 1e6, otherwise: ANY_CAPACITY }, report)
    if (building !== '' && !buildings.index.has(building))
      report.fault(element.line, 'name-unknown', building, { thing: 'building', element: 'Room' })
    return {
      name: names.list[at] ?? '',
      capacity: capacity ?? ANY_CAPACITY,
      building: buildings.index.get(building) ?? null,
      ...(readFlag(element, 'Virtual', false, report) && { parts: readParts(element, names, report) }),
    }
  })
  return { rooms, names, buildings: buildings.list }
}

function readParts(room: XmlElement, names: Names, report: FileReport): number[][] {
  return childrenOf(room, 'Set_of_Real_Rooms').map((set) =>
    childrenOf(set, 'Real_Room').flatMap(({ text, line }) => {
      const index = names.index.get(text)
      if (index === undefined)
        report.fault(line, 'name-unknown', text, { thing: 'room', element: 'Real_Room' })
      return index ?? []
    }),
  )
}
