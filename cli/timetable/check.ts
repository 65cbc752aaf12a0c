import { costOf } from '#domain/timetable/constraints/cost.ts'
import { checkNorms } from '#domain/timetable/norms/check.ts'
import { findingText } from '#domain/timetable/norms/finding.words.ts'
import { NORMS } from '#domain/timetable/norms/norm.ts'
import type { PlacedTimetable } from '#domain/timetable/problem.ts'
import { everyWeekPart, placesOfPart } from '#modules/timetable/index.ts'
import { load } from './load.ts'
import type { LoadedFile } from './loaded-file.ts'
import { pathOf, type Typed, typed } from './options.ts'
import { readPlaced } from './placed-file.ts'
import { Unreadable } from './refusals.ts'
import { brokenText, notCheckedText, unitsByKind, unsupportedText } from './reports.ts'

/** Checks a ready timetable: 0 when no condition and no norm is broken, 1 when one is. */
export async function check(args: string[]): Promise<number> {
  const wanted = typed(args, { from: { type: 'string' } })
  const loaded = await load(wanted.file)
  const { unsupported, notEveryWeek = [] } = loaded
  const part = everyWeekPart(loaded.problem, notEveryWeek)
  const { problem } = part
  const whole = await timetableOf(wanted, loaded)
  const timetable = placesOfPart(part, whole)
  const cost = costOf(problem, timetable)
  const norms = normsOf(loaded, whole)
  const told = [unsupportedText(unsupported), notCheckedText(notEveryWeek)]
  const texts = [...told, brokenText(problem, timetable), norms.text]
  console.log(texts.filter(Boolean).join('\n\n'))
  const { hard, unplaced, soft } = cost
  const violations = unitsByKind(problem, cost)
  console.log(
    JSON.stringify({ hard, unplaced, softCost: soft, violations, norms: norms.figures, unsupported }),
  )
  return hard + unplaced + norms.figures.norm > 0 ? 1 : 0
}

/** The timetable to look at: named with `--from`, or the one in the file itself. */
export async function timetableOf(
  { values }: Typed,
  { problem, given, name }: LoadedFile,
): Promise<PlacedTimetable> {
  if (typeof values.from === 'string') return readPlaced(problem, pathOf(values.from))
  if (given) return given
  throw new Unreadable(
    `В «${name}» только задача, без расписания. Составьте его командой solve и укажите: --from timetable.json`,
  )
}

function normsOf({ problem, norms }: LoadedFile, timetable: PlacedTimetable) {
  if (!norms)
    return { text: 'Нормы не проверены: в файле нет классов и звонков школы.', figures: noFindings() }
  const found = checkNorms(problem, norms, timetable)
  const figures = noFindings()
  for (const { norm } of found) figures[NORMS[norm].kind] += 1
  const lines = found.map((one) => `  ${findingText(one, problem, norms)}`)
  if (lines.length === 0) return { text: 'Нормы соблюдены.', figures }
  return { text: ['Отступления от норм и рекомендаций:', ...lines].join('\n'), figures }
}

const noFindings = () => ({ norm: 0, recommendation: 0 })
