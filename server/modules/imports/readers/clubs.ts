import type { Place, Report } from '../faults.ts'
import type { Mention } from '../sheet/cells.ts'
import { needMention, needText, readMention, readNumber, readText } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { recordLines } from '../sheet/table.ts'
import type { TimeSpan, Weekday } from '../values/times.ts'
import { needTime, needWeekdays } from './procedures.ts'

export type ClubRow = {
  at: Place
  activity: string
  group: string
  teacher: Mention
  classes: Mention[]
  weekdays: Weekday[]
  time: TimeSpan
  room: string | null
  size: { stated: number; at: Place } | null
}

export type ClubMemberRow = {
  at: Place
  groupAt: Place
  activity: string
  group: string
  child: Mention
  classUnit: Mention | null
}

/** Weekly times of club groups; a group that meets twice stands in two rows. */
export function readClubs(table: Table, report: Report): ClubRow[] {
  return recordLines(table).flatMap((line) => {
    const activity = needText(line, 'activity', report)
    const teacher = needMention(line, 'teacher', report)
    const weekdays = needWeekdays(line, report)
    const time = needTime(line, report)
    const size = readNumber(line, 'size', report, { min: 0, max: 100, step: 1 })
    const room = readText(line, 'room', report)
    const classes = splitClasses(line, report)
    const group = readText(line, 'group', report) ?? ''
    if (activity === null || teacher === null || weekdays === null || time === null) return []
    const stated = size === null ? null : { stated: size, at: line.at('size') }
    return [
      { at: line.at('activity'), activity, group, teacher, classes, weekdays, time, room, size: stated },
    ]
  })
}

/** Children of club groups, one a row. */
export function readClubMembers(table: Table, report: Report): ClubMemberRow[] {
  return recordLines(table).flatMap((line) => {
    const activity = needText(line, 'activity', report)
    const child = needMention(line, 'person', report)
    if (activity === null || child === null) return []
    const group = readText(line, 'group', report) ?? ''
    return [
      {
        at: line.at('activity'),
        groupAt: line.at('group'),
        activity,
        group,
        child,
        classUnit: readMention(line, 'classUnit', report),
      },
    ]
  })
}

function splitClasses(line: Line, report: Report): Mention[] {
  const list = readMention(line, 'classes', report)
  if (list === null) return []
  return list.text
    .split(/[,;]/)
    .map((text) => ({ text: text.trim(), at: list.at }))
    .filter(({ text }) => text !== '')
}
