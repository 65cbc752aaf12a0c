import { basename, extname } from 'node:path'
import { type Fault, faultPlace, faultSentence } from '#modules/imports/index.ts'
import { readIntake, writeIntakeTimetable } from '#modules/timetable/index.ts'
import type { LoadedFile } from './loaded-file.ts'
import { Unreadable } from './refusals.ts'

const MAX_SHOWN = 20

/** The tables of an intake: a folder of them, or single workbooks of which one is the load. */
export async function loadIntake(paths: readonly string[]): Promise<LoadedFile> {
  const { data, intake, faults } = await readIntake(paths)
  const errors = faults.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Unreadable(faultLines(errors))
  if (!intake)
    throw new Unreadable(
      `В «${paths.join(', ')}» нет таблицы нагрузки: без неё нечего составлять. Добавьте её.`,
    )
  const { problem, given, setting } = intake
  const name = basename(paths[0] ?? '', extname(paths[0] ?? ''))
  return {
    name,
    problem,
    given,
    norms: setting,
    unsupported: [],
    files: async (timetable) => [
      { name: 'Расписание.xlsx', content: await writeIntakeTimetable(data, intake, timetable) },
    ],
  }
}

function faultLines(faults: readonly Fault[]): string {
  const lines = faults.slice(0, MAX_SHOWN).map((fault) => {
    const { wrong, todo } = faultSentence(fault)
    return `${faultPlace(fault)}: ${wrong} ${todo}`
  })
  const rest = faults.length - lines.length
  return [...lines, ...(rest > 0 ? [`И ещё ошибок: ${rest}.`] : [])].join('\n')
}
