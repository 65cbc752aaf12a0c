import { NOWHERE } from '#domain/timetable/problem.ts'
import { load } from './load.ts'
import { pathOf, typed } from './options.ts'
import { readPlaced } from './placed-file.ts'
import { impossibleText, unplacedText, unsupportedText } from './reports.ts'

/** Says what can never fit and why cards of a timetable have no place: 0 when there is nothing to say, 1 otherwise. */
export async function explain(args: string[]): Promise<number> {
  const wanted = typed(args, { from: { type: 'string' } })
  const { problem, given, unsupported } = await load(wanted.file)
  const { from } = wanted.values
  const timetable = typeof from === 'string' ? await readPlaced(problem, pathOf(from)) : given
  const impossible = impossibleText(problem)
  const unplaced = timetable?.start.includes(NOWHERE) ? unplacedText(problem, timetable) : ''
  const texts = [unsupportedText(unsupported), impossible, unplaced].filter(Boolean)
  console.log(
    texts.length > 0 ? texts.join('\n\n') : 'Заранее невыполнимого нет, у всех карточек есть место.',
  )
  const waiting = timetable ? timetable.start.filter((slot) => slot === NOWHERE).length : null
  console.log(JSON.stringify({ impossible: impossible !== '', unplaced: waiting, unsupported }))
  return impossible === '' && unplaced === '' ? 0 : 1
}
