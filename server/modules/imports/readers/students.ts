import type { Day } from '#domain/calendar/day.ts'
import type { Place, Report } from '../faults.ts'
import type { Programme } from '../intake-data.ts'
import type { Mention } from '../sheet/cells.ts'
import {
  needDay,
  needMention,
  needName,
  readCode,
  readDay,
  readEmail,
  readMention,
  readName,
  readPhone,
  readText,
} from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { recordLines } from '../sheet/table.ts'
import type { PersonName } from '../values/names.ts'
import {
  ADAPTED_PROGRAMME,
  ADMISSION_KINDS,
  LIVES_APART,
  PROGRAMME_LEVELS,
  PROGRAMME_VARIANT,
  RELATIONS,
  SEXES,
} from '../values/terms.words.ts'
import { fold } from '../values/text.ts'

export type GuardianRow = {
  at: Place
  name: PersonName
  relation: string | null
  kind: 'mother' | 'father' | 'guardian' | 'relative' | 'other'
  livesApart: boolean
  phone: string | null
  email: string | null
  priority: number
}

export type StudentRow = {
  at: Place
  name: PersonName
  birthDate: Day
  birthDateAt: Place
  sex: 'male' | 'female' | null
  classUnit: Mention
  programme: Programme | null
  homeSchool: string | null
  homeClass: string | null
  arrival: { day: Day; at: Place } | null
  departure: { day: Day; at: Place } | null
  admission: 'temporary' | 'enrolled' | null
  note: string | null
  guardians: GuardianRow[]
}

/** Children with their dates of stay and legal representatives. */
export function readStudents(table: Table, report: Report): StudentRow[] {
  return recordLines(table).flatMap((line) => {
    const name = needName(line, 'person', report)
    const birthDate = needDay(line, 'birthDate', report)
    const classUnit = needMention(line, 'classUnit', report)
    const rest = readRest(line, report)
    if (name === null || birthDate === null || classUnit === null) return []
    return [{ at: line.at('person'), name, birthDate, birthDateAt: line.at('birthDate'), classUnit, ...rest }]
  })
}

function readRest(line: Line, report: Report) {
  const arrival = readDay(line, 'arrival', report)
  const departure = readDay(line, 'departure', report)
  if (arrival !== null && departure !== null && departure < arrival) {
    report(line.at('departure'), 'date-order', departure, { start: arrival })
  }
  return {
    sex: readSex(line, report),
    programme: readProgramme(line, report),
    homeSchool: readText(line, 'homeSchool', report),
    homeClass: readText(line, 'homeClass', report),
    arrival: arrival === null ? null : { day: arrival, at: line.at('arrival') },
    departure: departure === null ? null : { day: departure, at: line.at('departure') },
    admission: readCode(line, 'admission', report, ADMISSION_KINDS),
    note: readText(line, 'note', report),
    guardians: [1, 2].flatMap((number) => readGuardian(line, number, report)),
  }
}

function readSex(line: Line, report: Report): 'male' | 'female' | null {
  const mention = readMention(line, 'sex', report)
  const sex = mention === null ? null : (SEXES.get(fold(mention.text)) ?? null)
  if (mention !== null && sex === null) report(mention.at, 'value-unknown', mention.text, { field: 'sex' })
  return sex
}

function readProgramme(line: Line, report: Report): Programme | null {
  const text = readText(line, 'programme', report)
  if (text === null) return null
  const folded = fold(text)
  return {
    text,
    level: PROGRAMME_LEVELS.find(([pattern]) => pattern.test(folded))?.[1] ?? null,
    adapted: ADAPTED_PROGRAMME.test(folded),
    variant: PROGRAMME_VARIANT.exec(folded)?.[1] ?? null,
  }
}

function readGuardian(line: Line, number: number, report: Report): GuardianRow[] {
  const name = readName(line, `guardian${number}`, report)
  const relation = readText(line, `relation${number}`, report)
  const phone = readPhone(line, `phone${number}`, report)
  const email = readEmail(line, `email${number}`, report)
  if (name === null) return []
  const folded = fold(relation ?? '')
  const kind = RELATIONS.find(([pattern]) => pattern.test(folded))?.[1] ?? 'other'
  const livesApart = LIVES_APART.test(folded)
  const at = line.at(`guardian${number}`)
  return [{ at, name, relation, kind, livesApart, phone, email, priority: number }]
}
