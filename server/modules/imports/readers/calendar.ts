import type { Day } from '#domain/calendar/day.ts'
import type { Place, Report } from '../faults.ts'
import type { CalendarEventRecord, GradingPeriodRecord } from '../intake-data.ts'
import { needDay, needText, readDay, readText } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { recordLines } from '../sheet/table.ts'
import { gradeRange } from '../values/class-labels.ts'
import {
  CALENDAR_EVENTS,
  CURRENT_MARKS_ONLY,
  GRADED_ELSEWHERE,
  GRADES_OF_EVENT,
  PERIOD_KINDS,
  STUDY_DAYS,
  WITHOUT_MARKS,
} from '../values/terms.words.ts'
import { fold } from '../values/text.ts'

export type EventRow = {
  at: Place
  noteAt: Place
  kind: CalendarEventRecord['kind']
  name: string
  startsOn: Day
  endsOn: Day
  grades: number[] | null
  note: string | null
  /** Study days the note promises for an intake. */
  studyDays: number | null
}

export type PeriodRow = Omit<GradingPeriodRecord, 'key'> & { at: Place }

/** Vacations, days off, the intake and the ends of the school year. */
export function readCalendar(table: Table, report: Report): EventRow[] {
  return recordLines(table).flatMap((line) => {
    const name = needText(line, 'event', report)
    const span = readSpan(line, report)
    if (name === null || span === null) return []
    const folded = fold(name)
    const kind = CALENDAR_EVENTS.find(([pattern]) => pattern.test(folded))?.[1]
    if (kind === undefined) {
      report(line.at('event'), 'value-unknown', name, { field: 'event' })
      return []
    }
    const note = readText(line, 'note', report)
    const grades = gradeRange(GRADES_OF_EVENT.exec(folded)?.[1] ?? '')
    const promised = STUDY_DAYS.exec(fold(note ?? ''))?.[1]
    const studyDays = promised === undefined ? null : Number(promised)
    return [{ at: line.at('event'), noteAt: line.at('note'), kind, name, ...span, grades, note, studyDays }]
  })
}

/** Quarters, trimesters and half-years with what is marked in them. */
export function readGradingPeriods(table: Table, report: Report): PeriodRow[] {
  return recordLines(table).flatMap((line) => {
    const classes = needText(line, 'classes', report)
    const name = needText(line, 'period', report)
    const span = readSpan(line, report)
    if (classes === null || name === null || span === null) return []
    const grades = gradeRange(classes)
    if (grades === null) report(line.at('classes'), 'value-unknown', classes, { field: 'classes' })
    const kind = PERIOD_KINDS.find(([pattern]) => pattern.test(fold(name)))?.[1]
    if (kind === undefined) report(line.at('period'), 'value-unknown', name, { field: 'period' })
    if (grades === null || kind === undefined) return []
    return [
      { at: line.at('period'), kind, name, grades, ...span, marks: marksOf(readText(line, 'marks', report)) },
    ]
  })
}

// One day off may be written with its first day alone.
function readSpan(line: Line, report: Report): { startsOn: Day; endsOn: Day } | null {
  const startsOn = needDay(line, 'start', report)
  const endsOn = readDay(line, 'end', report)
  if (startsOn === null) return null
  if (endsOn === null || startsOn <= endsOn) return { startsOn, endsOn: endsOn ?? startsOn }
  report(line.at('end'), 'date-order', endsOn, { start: startsOn })
  return null
}

function marksOf(text: string | null): PeriodRow['marks'] {
  if (text === null) return null
  const folded = fold(text)
  if (WITHOUT_MARKS.test(folded)) return 'none'
  if (GRADED_ELSEWHERE.test(folded)) return 'home-school'
  return CURRENT_MARKS_ONLY.test(folded) ? 'current-only' : 'period'
}
