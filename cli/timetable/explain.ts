import { NOWHERE } from '#domain/timetable/problem.ts'
import { everyWeekPart, placesOfPart } from '#modules/timetable/index.ts'
import { load } from './load.ts'
import { pathOf, typed } from './options.ts'
import { readPlaced } from './placed-file.ts'
import { impossibleText, notCheckedText, unplacedText, unsupportedText } from './reports.ts'

/** Says what can never fit and why cards of a timetable have no place: 0 when there is nothing to say, 1 otherwise. */
export async function explain(args: string[]): Promise<number> {
  const wanted = typed(args, { from: { type: 'string' } })
  const { problem, given, unsupported, notEveryWeek = [] } = await load(wanted.file)
  const { from } = wanted.values
  const timetable = typeof from === 'string' ? await readPlaced(problem, pathOf(from)) : given
  const part = everyWeekPart(problem, notEveryWeek)
  const judged = timetable && placesOfPart(part, timetable)
  const impossible = impossibleText(part.problem)
  const unplaced = judged?.start.includes(NOWHERE) ? unplacedText(part.problem, judged) : ''
  const told = [unsupportedText(unsupported), notCheckedText(notEveryWeek)]
  const texts = [...told, impossible, unplaced].filter(Boolean)
  console.log(
    texts.length > 0 ? texts.join('\n\n') : 'Заранее невыполнимого нет, у всех карточек есть место.',
  )
  const waiting = judged ? judged.start.filter((slot) => slot === NOWHERE).length : null
  console.log(JSON.stringify({ impossible: impossible !== '', unplaced: waiting, unsupported }))
  return impossible === '' && unplaced === '' ? 0 : 1
}
