import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'
import { fileFaultLine, readFet, readIntake, writeFet } from '#modules/timetable/index.ts'
import { syntheticSchool } from './synthetic.ts'

const SYNTHETIC = /^synthetic-(\d+)-(\d+)$/

/**
 * A problem by its name on a command line: `synthetic-<classes>-<seed>`, the path of a file of FET, or the folder of
 * an intake's tables.
 */
export async function problemOf(name: string): Promise<TimetableProblem> {
  const synthetic = SYNTHETIC.exec(name)
  if (synthetic) return syntheticSchool(Number(synthetic[1]), Number(synthetic[2])).problem
  if (name.endsWith('.fet')) return documentOf(name).problem
  return (await intakeOf(name)).problem
}

/** The intake in a folder of tables, with the timetable given there. */
export async function intakeOf(folder: string) {
  const { intake } = await readIntake([folder])
  if (!intake) throw new Error(`${folder}: no intake to compose`)
  return intake
}

/** A file of FET with a timetable locked into it. */
export function lockedFet(path: string, timetable: PlacedTimetable): string {
  return writeFet(documentOf(path), timetable)
}

function documentOf(path: string) {
  const { document, faults } = readFet(readFileSync(path, 'utf8'), basename(path))
  if (!document) throw new Error(faults.map(fileFaultLine).join('\n'))
  return document
}
