import type { Place, Report } from '../faults.ts'
import type { Mention } from '../sheet/cells.ts'
import { needMention, needText, readMention, readNumber, readText } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { recordLines } from '../sheet/table.ts'
import { MISSED_LESSON } from '../values/terms.words.ts'
import { lineOf, splitBrackets, splitOutsideBrackets } from '../values/text.ts'
import type { TimeSpan, Weekday } from '../values/times.ts'
import { timeSpanOf, weekdaysOf, weeklyTimesOf } from '../values/times.ts'

export type ProcedureRow = {
  at: Place
  child: Mention
  classUnit: Mention | null
  name: string
  place: string | null
  weekdays: Weekday[]
  period: number | null
  time: TimeSpan
  missed: Mention | null
  note: string | null
}

export type CorrectiveGroupRow = {
  at: Place
  name: string
  specialist: Mention
  slots: ({ weekday: Weekday } & TimeSpan)[]
  room: string | null
  size: { stated: number; at: Place } | null
  members: { child: Mention; classUnit: Mention | null }[]
}

/** Procedures of children; those during lessons name the lesson they take. */
export function readProcedures(table: Table, report: Report): ProcedureRow[] {
  return recordLines(table).flatMap((line) => {
    const child = needMention(line, 'person', report)
    const name = needText(line, 'procedure', report)
    const weekdays = needWeekdays(line, report)
    const time = needTime(line, report)
    const period = readNumber(line, 'period', report, { min: 0, max: 15, step: 1 })
    const note = readMention(line, 'note', report)
    if (child === null || name === null || weekdays === null || time === null) return []
    return [
      {
        at: line.at('person'),
        child,
        classUnit: readMention(line, 'classUnit', report),
        name,
        place: readText(line, 'room', report),
        weekdays,
        period,
        time,
        missed: missedLesson(note),
        note: note?.text ?? null,
      },
    ]
  })
}

/** Corrective groups with their specialist, times and members written with initials. */
export function readCorrectiveGroups(table: Table, report: Report): CorrectiveGroupRow[] {
  return recordLines(table).flatMap((line) => {
    const name = needText(line, 'group', report)
    const specialist = needMention(line, 'specialist', report)
    const slots = needSlots(line, report)
    const members = needText(line, 'members', report, 2_000)
    const size = readNumber(line, 'size', report, { min: 0, max: 100, step: 1 })
    if (name === null || specialist === null || slots === null || members === null) return []
    const at = line.at('group')
    const room = readText(line, 'room', report)
    const stated = size === null ? null : { stated: size, at: line.at('size') }
    return [
      { at, name, specialist, slots, room, size: stated, members: splitMembers(members, line.at('members')) },
    ]
  })
}

/** Weekdays a cell must list; null was reported. */
export function needWeekdays(line: Line, report: Report): Weekday[] | null {
  const text = needText(line, 'weekday', report)
  const days = text === null ? null : weekdaysOf(text)
  if (text !== null && days === null) report(line.at('weekday'), 'value-unknown', text, { field: 'weekday' })
  return days
}

/** Span of time a cell must hold; null was reported. */
export function needTime(line: Line, report: Report): TimeSpan | null {
  const text = needText(line, 'time', report)
  const span = text === null ? null : timeSpanOf(text)
  if (text !== null && span === null) report(line.at('time'), 'time-invalid', text)
  return span
}

function needSlots(line: Line, report: Report): ({ weekday: Weekday } & TimeSpan)[] | null {
  const text = needText(line, 'times', report)
  const slots = text === null ? null : weeklyTimesOf(lineOf(text) ?? '')
  if (text !== null && slots === null) report(line.at('times'), 'time-invalid', text)
  return slots
}

function missedLesson(note: Mention | null): Mention | null {
  const subject = MISSED_LESSON.exec(note?.text ?? '')?.[1]
  return note === null || subject === undefined ? null : { text: subject.trim(), at: note.at }
}

function splitMembers(text: string, at: Place): { child: Mention; classUnit: Mention | null }[] {
  return splitOutsideBrackets(text)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const { bare, inside } = splitBrackets(part)
      return { child: { text: bare, at }, classUnit: inside === null ? null : { text: inside, at } }
    })
}
