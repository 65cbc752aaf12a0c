import type { Tx } from '#platform/db.ts'
import { dayOffFor } from '../assemble/days-off.ts'
import { withKnown } from '../assemble/load.ts'
import type { IntakeRecord } from '../intake-data.ts'
import { daysBetween } from '../values/times.ts'
import { lessonsMadeOn, lessonsWithRecords, type MadeLesson, takeLessonsAway } from './days-off.sql.ts'
import type { Source } from './records.ts'
import { tellsOfDays } from './timetable-records.ts'

/** Lessons that stood on days without school: how many were empty and went, and which have records and stay. */
export type DaysOff = {
  takenAway: number
  kept: Pick<MadeLesson, 'day' | 'startsAt' | 'subject' | 'group'>[]
}

type Under = { tx: Tx; organizationId: string; now: Date }

/**
 * A calendar may come after the timetable, or be corrected: lessons earlier imports have made on what are days off now
 * are taken away where nobody has written anything, and named where somebody has.
 */
export async function clearDaysOff({ tx, organizationId, now }: Under, source: Source): Promise<DaysOff> {
  const { data, known, intakeId } = source
  const { startsOn, endsOn } = data.intake as IntakeRecord
  if (!tellsOfDays(source) && data.timetable.length === 0) return { takenAway: 0, kept: [] }
  const calendar = withKnown(data.calendar, known.calendar)
  // For some grades at least.
  const days = daysBetween(startsOn, endsOn).filter((day) =>
    calendar.some(({ grades }) => dayOffFor(grades ?? [], day, calendar) !== undefined),
  )
  const made = await lessonsMadeOn(tx, organizationId, { intakeId, startsOn, endsOn, days })
  const idle = made.filter(
    (one) =>
      one.day < startsOn || one.day > endsOn || dayOffFor(gradesOf(one), one.day, calendar) !== undefined,
  )
  const filled = await lessonsWithRecords(
    tx,
    organizationId,
    idle.map(({ id }) => id),
  )
  const ids = idle.flatMap(({ id }) => (filled.has(id) ? [] : [id]))
  if (ids.length > 0) await takeLessonsAway(tx, organizationId, { ids, now })
  const kept = idle.filter(({ id }) => filled.has(id))
  return {
    takenAway: ids.length,
    kept: kept.map(({ day, startsAt, subject, group }) => ({ day, startsAt, subject, group })),
  }
}

const gradesOf = ({ gradeFrom: from, gradeTo: to }: MadeLesson): number[] =>
  from === null ? [] : Array.from({ length: (to ?? from) - from + 1 }, (_, n) => from + n)
