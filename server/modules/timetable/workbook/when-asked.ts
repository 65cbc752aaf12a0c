import type { PlacedTimetable } from '#domain/timetable/problem.ts'
import type { IntakeData } from '#modules/imports/index.ts'
import type { IntakeProblem } from './problem-of-intake.ts'
import type { IntakeReading } from './read-intake.ts'

// Workbooks bring the import of an intake with them, and that the database. Nobody who composes a file of FET waits for
// it to be loaded: it takes longer than composing the timetable of a small school.

/** Reads a folder of an intake, or some of its workbooks by path. */
export async function readIntake(paths: readonly string[]): Promise<IntakeReading> {
  const reader = await import('./read-intake.ts')
  return reader.readIntake(paths)
}

/** A timetable of an intake as a workbook of the shape its tables have; the import reads it back to the same lessons. */
export async function writeIntakeTimetable(
  data: IntakeData,
  intake: IntakeProblem,
  timetable: PlacedTimetable,
): Promise<Uint8Array> {
  const writer = await import('./write-timetable.ts')
  return writer.writeIntakeTimetable(data, intake, timetable)
}
