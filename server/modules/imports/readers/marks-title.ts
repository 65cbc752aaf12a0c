import type { Day } from '#domain/calendar/day.ts'
import type { Report } from '../faults.ts'
import type { Mention } from '../sheet/cells.ts'
import type { Table } from '../sheet/table.ts'
import { tablePlace, titlesOf } from '../sheet/table.ts'
import {
  CARD_LABELS,
  MARKS_CLASS,
  MARKS_HEADING_PERSON,
  MARKS_PERIOD,
  MARKS_PERIOD_NAME,
  MARKS_SCHOOL,
  MARKS_TITLE_PERSON,
  ORGANIZATION_TITLE,
  PERIOD_COLUMN,
} from '../values/terms.words.ts'
import { fold, textOf } from '../values/text.ts'
import { dayOf } from '../values/times.ts'

/** What stands above a table of marks: whose they are, from which school and class, for which time. */
export type MarksTitle = {
  child: Mention
  birthDate: Day | null
  schoolName: Mention | null
  homeClass: string | null
  periodName: string | null
  startsOn: Day | null
  endsOn: Day | null
}

type Found = Omit<MarksTitle, 'child'> & { child: Mention | null }

/** Reads the lines above a table of marks in the forms schools use; null when no child is named. */
export function readMarksTitle(table: Table, report: Report): MarksTitle | null {
  const found: Found = {
    child: null,
    birthDate: null,
    schoolName: null,
    homeClass: null,
    periodName: null,
    startsOn: null,
    endsOn: null,
  }
  const titles = titlesOf(table)
  readCard(table, found)
  for (const title of titles) readTitle(title, found)
  const heading = table.open.find(({ heading: text }) => PERIOD_COLUMN.test(fold(text)))?.heading
  found.periodName ??= MARKS_PERIOD_NAME.exec(fold(heading ?? ''))?.[1] ?? null
  if (found.child === null) {
    report(tablePlace(table), 'title-unreadable', titles[0]?.text ?? null)
    return null
  }
  return { ...found, child: found.child }
}

// In the card form a label stands in the first column and its value in the second.
function readCard(table: Table, found: Found): void {
  const titles = titlesOf(table)
  for (const [index, { text }] of titles.entries()) {
    const value = titles[index + 1]
    if (value?.at.cell?.startsWith('B')) takeCard(fold(text), value, found)
  }
}

function takeCard(label: string, value: Mention, found: Found): void {
  if (CARD_LABELS.person.test(label)) found.child ??= value
  else if (CARD_LABELS.school.test(label)) found.schoolName ??= value
  else if (CARD_LABELS.classUnit.test(label)) found.homeClass ??= value.text
}

function readTitle({ text, at }: Mention, found: Found): void {
  if (found.schoolName === null && ORGANIZATION_TITLE.test(fold(text))) found.schoolName = { text, at }
  const heading = MARKS_HEADING_PERSON.exec(text)
  if (heading !== null) takeHeading(heading, at, found)
  else readLabelled({ text, at }, found)
  const school = MARKS_SCHOOL.exec(text)?.[1]
  if (school !== undefined) found.schoolName = { text: school.trim(), at }
  found.homeClass ??= MARKS_CLASS.exec(textOf(text))?.[1]?.trim() ?? null
  const period = MARKS_PERIOD.exec(fold(text))
  found.startsOn ??= dayOf(period?.[1] ?? null)
  found.endsOn ??= dayOf(period?.[2] ?? null)
  found.periodName ??= MARKS_PERIOD_NAME.exec(fold(text))?.[1] ?? null
}

function takeHeading([, person, homeClass, born]: RegExpExecArray, at: Mention['at'], found: Found): void {
  found.child ??= { text: person ?? '', at }
  found.homeClass ??= homeClass ?? null
  found.birthDate ??= dayOf(born ?? null)
}

function readLabelled({ text, at }: Mention, found: Found): void {
  const [person = '', homeClass] = (MARKS_TITLE_PERSON.exec(text)?.[1] ?? '').split(',')
  if (person.trim() === '') return
  found.child ??= { text: person.trim(), at }
  found.homeClass ??= homeClass?.trim() ?? null
}
