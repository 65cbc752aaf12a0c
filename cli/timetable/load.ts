import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { PlacedTimetable } from '#domain/timetable/problem.ts'
import {
  type FileFault,
  fileFaultLine,
  problemOfXhstt,
  readAsc,
  readFet,
  readXhstt,
  textByMark,
  writeFet,
  writeXhsttSolution,
} from '#modules/timetable/index.ts'
import type { LoadedFile } from './loaded-file.ts'
import { Unreadable } from './refusals.ts'

const MAX_SHOWN = 20
const WORKBOOK = /\.(xlsx|xlsm|xltx|xltm)$/i

/** Reads a file or the folder of an intake; what is wrong with it is refused with its place, and nothing is done. */
export async function load(path: string): Promise<LoadedFile> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new Unreadable(`Файла «${path}» нет. Проверьте, как он назван.`)
  if (found.isDirectory() || WORKBOOK.test(path)) {
    // It brings the import of an intake with it, which no other file needs.
    const { loadIntake } = await import('./load-intake.ts')
    return loadIntake([path])
  }
  const bytes = await readFile(path)
  const file = basename(path)
  const name = basename(path, extname(path))
  const text = textByMark(bytes)
  const root = /<(?:\w+:)?(fet|timetable|HighSchoolTimetableArchive)\b/i.exec(text)?.[1]?.toLowerCase()
  if (root === 'timetable') return loadAsc(bytes, file, name)
  if (root === 'highschooltimetablearchive') return loadXhstt(text, file, name)
  return loadFet(text, file, name)
}

function loadFet(text: string, file: string, name: string): LoadedFile {
  const { document, faults, unsupported } = readFet(text, file)
  if (!document) throw refusedBy(faults)
  const files = async (timetable: PlacedTimetable) => [
    { name: `${name}.fet`, content: writeFet(document, timetable) },
  ]
  return { name, problem: document.problem, given: null, unsupported, files }
}

function loadAsc(bytes: Uint8Array, file: string, name: string): LoadedFile {
  const { problem, given, locked, notEveryWeek, faults, unsupported } = readAsc(bytes, file)
  if (!problem) throw refusedBy(faults)
  return { name, problem, given, locked, notEveryWeek, unsupported, files: async () => [] }
}

function loadXhstt(text: string, file: string, name: string): LoadedFile {
  const { archive, faults } = readXhstt(text, file)
  const instance = archive?.instances[0]
  if (!instance) throw refusedBy(faults)
  const laid = problemOfXhstt(instance)
  if (!laid) throw new Unreadable(`${file}: дни длиннее, чем умеет составитель. Разделите их на части.`)
  const files = async (timetable: PlacedTimetable) => [
    { name: `${name}.xml`, content: writeXhsttSolution(instance, laid, timetable, text) },
  ]
  return { name, problem: laid.problem, given: null, unsupported: laid.unsupported, files }
}

/** All that is wrong, a line each; beyond a screenful only how much more there is. */
export function refusedBy(faults: readonly FileFault[]): Unreadable {
  const shown = faults.slice(0, MAX_SHOWN).map(fileFaultLine)
  const rest = faults.length - shown.length
  return new Unreadable([...shown, ...(rest > 0 ? [`И ещё ошибок: ${rest}.`] : [])].join('\n'))
}
