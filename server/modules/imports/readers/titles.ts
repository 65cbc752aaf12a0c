import { type Day, schoolYearOf } from '#domain/calendar/day.ts'
import type { Place } from '../faults.ts'
import type { IntakeRecord } from '../intake-data.ts'
import type { Table } from '../sheet/table.ts'
import { titlesOf } from '../sheet/table.ts'
import { INTAKE_NUMBER, INTAKE_TITLE, ORGANIZATION_TITLE } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'
import { dayOf } from '../values/times.ts'

/** What a line above a table says of the centre: its name, its intake, or both. */
export type CentreTitle = {
  at: Place
  text: string
  organization: string | null
  intake: IntakeRecord | null
  /** Number of the intake that is named, also where its dates are not given. */
  number: number | null
}

/** Lines above a table that name the centre or the intake. */
export function readCentreTitles(table: Table): CentreTitle[] {
  return titlesOf(table).flatMap(({ text, at }) => {
    const intake = intakeOf(text)
    const organization = ORGANIZATION_TITLE.test(fold(text)) ? beforeIntake(text) : null
    const number = intake?.number ?? intakeNumber(text)
    if (intake === null && organization === null && number === null) return []
    return [{ at, text, organization, intake, number }]
  })
}

/** Number of the one intake a text names, or null. */
export function intakeNumber(text: string): number | null {
  const [, before, after] = INTAKE_NUMBER.exec(fold(text)) ?? []
  const said = before ?? after
  return said === undefined ? null : Number(said)
}

function intakeOf(text: string): IntakeRecord | null {
  const [, number, from, to, starts, ends] = INTAKE_TITLE.exec(fold(text)) ?? []
  const startsOn: Day | null = dayOf(starts ?? null)
  const endsOn: Day | null = dayOf(ends ?? null)
  if (startsOn === null || endsOn === null) return null
  const schoolYear =
    from === undefined || to === undefined ? schoolYearOf(startsOn) : `${from}/${to.slice(-2)}`
  return intakeRecord(Number(number), schoolYear, { startsOn, endsOn })
}

/** An intake under the key every import knows it by. */
export function intakeRecord(
  number: number,
  schoolYear: string,
  { startsOn, endsOn }: { startsOn: Day; endsOn: Day },
): IntakeRecord {
  return { key: `${schoolYear}|${number}`, number, schoolYear, startsOn, endsOn }
}

// The name and the intake may share a line, a comma between them.
function beforeIntake(text: string): string {
  const found = INTAKE_TITLE.exec(fold(text))
  const name = found === null ? text : text.slice(0, found.index)
  return name.replace(/(?<![,\s])[,\s]+$/, '')
}
