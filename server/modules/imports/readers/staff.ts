import type { Place, Report } from '../faults.ts'
import type { StaffRole } from '../intake-data.ts'
import type { Mention } from '../sheet/cells.ts'
import { needName, needText, readEmail, readMention, readPhone, readText } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { recordLines } from '../sheet/table.ts'
import type { PersonName } from '../values/names.ts'
import { POSITION_ROLES, POSITIONS_WITHOUT_ROLE } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'
import type { Weekday } from '../values/times.ts'
import { weekdaysOf } from '../values/times.ts'

export type StaffRow = {
  at: Place
  name: PersonName
  positions: string[]
  roles: StaffRole[]
  subjects: string | null
  room: string | null
  email: string | null
  phone: string | null
  methodDay: Weekday | null
  homeroom: Mention | null
}

/** Members of the staff with the roles their positions give. */
export function readStaff(table: Table, report: Report): StaffRow[] {
  return recordLines(table).flatMap((line) => {
    const name = needName(line, 'person', report)
    const position = needText(line, 'position', report)
    if (name === null || position === null) return []
    const positions = position
      .split(/[;,]/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
    return [
      {
        at: line.at('person'),
        name,
        positions,
        roles: rolesOf(line, positions, report),
        subjects: readText(line, 'subjects', report),
        room: readText(line, 'room', report),
        email: readEmail(line, 'email', report),
        phone: readPhone(line, 'phone', report),
        methodDay: readMethodDay(line, report),
        homeroom: readMention(line, 'homeroom', report),
      },
    ]
  })
}

function rolesOf(line: Line, positions: string[], report: Report): StaffRole[] {
  const roles = positions.flatMap((position) => {
    const folded = fold(position)
    const found = POSITION_ROLES.filter(([pattern]) => pattern.test(folded)).map(
      ([, role]) => role as StaffRole,
    )
    if (found.length === 0 && !POSITIONS_WITHOUT_ROLE.test(folded)) {
      report(line.at('position'), 'position-unknown', position)
    }
    // «Учитель-логопед» is a specialist and «заместитель директора» no director.
    return found.slice(0, 1)
  })
  return [...new Set(roles)]
}

function readMethodDay(line: Line, report: Report): Weekday | null {
  const text = readText(line, 'methodDay', report)
  const days = text === null ? null : weekdaysOf(text)
  if (text !== null && days === null)
    report(line.at('methodDay'), 'value-unknown', text, { field: 'methodDay' })
  return days?.[0] ?? null
}
