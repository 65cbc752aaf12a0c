import { roundedFraction } from '#domain/marks/rounding.ts'
import type { HomeSchoolRecord, IncomingMarksRecord, StudentRecord } from '../intake-data.ts'
import type { IncomingMarksRow, IncomingSubjectRow } from '../readers/incoming-marks.ts'
import { fold, splitBrackets } from '../values/text.ts'
import type { Registry } from './registry.ts'
import { findChild, learnSubject, saidAt } from './registry.ts'

type Known = { students: StudentRecord[]; homeSchools: HomeSchoolRecord[] }

/** Marks children bring; school, class and day of birth are compared with the list of children. */
export function assembleMarks(
  rows: IncomingMarksRow[],
  known: Known,
  registry: Registry,
): IncomingMarksRecord[] {
  const records = new Map<string, IncomingMarksRecord>()
  for (const row of rows) {
    for (const subject of row.subjects) checkAverage(subject, registry)
    const studentKey = findChild(registry, row.child, null)
    if (studentKey === null) continue
    checkOrigin(row, studentKey, known, registry)
    const key = [studentKey, row.form, row.periodName ?? row.startsOn ?? ''].join('|')
    const before = registry.places.get(`marks|${key}`)
    registry.places.set(`marks|${key}`, row.child.at)
    if (records.has(key))
      registry.report(row.child.at, 'row-duplicated', row.child.text, saidAt(before, row.child.at))
    else records.set(key, toRecord(row, { key, studentKey }, registry))
  }
  return [...records.values()]
}

function toRecord(
  row: IncomingMarksRow,
  keys: { key: string; studentKey: string },
  registry: Registry,
): IncomingMarksRecord {
  const { form, homeClass, periodName, startsOn, endsOn } = row
  const cells = new Map<string, string>()
  const subjects = row.subjects.flatMap(({ subject, marks, plannedHours, taughtHours, missedLessons }) => {
    const subjectKey = learnSubject(registry, subject)
    const cell = cells.get(subjectKey)
    if (cell !== undefined) {
      registry.report(subject.at, 'rows-differ', subject.text, { cell })
      return []
    }
    cells.set(subjectKey, subject.at.cell ?? '')
    return { subjectKey, marks, plannedHours, taughtHours, missedLessons }
  })
  return {
    ...keys,
    form,
    schoolName: row.schoolName?.text ?? null,
    homeClass,
    periodName,
    startsOn,
    endsOn,
    subjects,
  }
}

function checkOrigin(row: IncomingMarksRow, studentKey: string, known: Known, { report }: Registry): void {
  const student = known.students.find(({ key }) => key === studentKey)
  if (student === undefined) return
  if (row.birthDate !== null && row.birthDate !== student.birthDate) {
    report(row.child.at, 'birth-date-differs', row.birthDate, { expected: student.birthDate })
  }
  const school = known.homeSchools.find(({ key }) => key === student.homeSchoolKey)
  if (row.schoolName !== null && school !== undefined && !isSameSchool(row.schoolName.text, school)) {
    report(row.schoolName.at, 'home-school-differs', row.schoolName.text, { expected: school.name })
  }
  const { homeClass } = student
  if (row.homeClass !== null && homeClass !== null && fold(row.homeClass) !== fold(homeClass)) {
    report(row.child.at, 'home-school-differs', row.homeClass, { expected: homeClass })
  }
}

// Schools name themselves with or without the region, in brackets or after a comma.
function isSameSchool(said: string, { key, name }: HomeSchoolRecord): boolean {
  const folded = fold(splitBrackets(said).bare)
  return folded === key || folded === fold(name) || key.startsWith(`${folded},`)
}

function checkAverage({ marks, average }: IncomingSubjectRow, { report }: Registry): void {
  const values = marks.filter(({ meaning }) => meaning === 'mark').map(({ value }) => Number(value))
  if (average === null || values.length === 0) return
  const sum = values.reduce((all, value) => all + value, 0)
  const counted = sum / values.length
  // Two decimals may have been rounded either way.
  if (Math.abs(counted - average.stated) <= 0.0051) return
  report(average.at, 'average-differs', average.stated, {
    counted: roundedFraction(sum, values.length, 2).toFixed(2),
  })
}
