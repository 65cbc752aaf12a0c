import type { Day } from '#domain/calendar/day.ts'
import type { Place } from '../faults.ts'
import type { IntakeRecord } from '../intake-data.ts'
import type { Table } from '../sheet/table.ts'
import { titlesOf } from '../sheet/table.ts'
import { INTAKE_TITLE, ORGANIZATION_TITLE } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'
import { dayOf } from '../values/times.ts'

/** What a line above a table says of the centre: its name, its intake, or both. */
export type CentreTitle = { at: Place; organization: string | null; intake: IntakeRecord | null }

/** Lines above a table that name the centre or the intake. */
export function readCentreTitles(table: Table): CentreTitle[] {
  return titlesOf(table).flatMap(({ text, at }) => {
    const intake = intakeOf(text)
    const organization = ORGANIZATION_TITLE.test(fold(text)) ? beforeIntake(text) : null
    return intake === null && organization === null ? [] : [{ at, organization, intake }]
  })
}

function intakeOf(text: string): IntakeRecord | null {
  const [, number, from, to, starts, ends] = INTAKE_TITLE.exec(fold(text)) ?? []
  const startsOn: Day | null = dayOf(starts ?? null)
  const endsOn: Day | null = dayOf(ends ?? null)
  if (startsOn === null || endsOn === null || to === undefined) return null
  const schoolYear = `${from}/${to.slice(-2)}`
  return { key: `${schoolYear}|${Number(number)}`, number: Number(number), schoolYear, startsOn, endsOn }
}

// The name and the intake may share a line, a comma between them.
function beforeIntake(text: string): string {
  const found = INTAKE_TITLE.exec(fold(text))
  const name = found === null ? text : text.slice(0, found.index)
  return name.replace(/[,\s]+$/, '')
}
