import { emptyTimetable } from '#domain/timetable/problem.ts'
import { writeFetProblem } from '#modules/timetable/index.ts'
import { load } from './load.ts'
import type { LoadedFile } from './loaded-file.ts'
import { pathOf, typed } from './options.ts'
import { writeOne } from './outputs.ts'
import { placedText, readPlaced } from './placed-file.ts'
import { Misuse } from './refusals.ts'
import { unsupportedText } from './reports.ts'

const FORMATS = ['fet', 'json', 'own'] as const

/** Writes a problem, with its timetable if there is one, in another format; what is lost on the way is named. */
export async function convert(args: string[]): Promise<number> {
  const wanted = typed(args, {
    to: { type: 'string' },
    out: { type: 'string' },
    from: { type: 'string' },
  })
  const { to, out, from } = wanted.values
  const format = FORMATS.find((known) => known === to)
  if (!format) throw new Misuse(`--to: нужен один из форматов ${FORMATS.join(', ')}.`)
  if (typeof out !== 'string') throw new Misuse('Не сказано, куда писать: --out <файл>.')
  const loaded = await load(wanted.file)
  const { problem, given, unsupported } = loaded
  const timetable = typeof from === 'string' ? await readPlaced(problem, pathOf(from)) : given
  const { content, lost } = await written(format, loaded, timetable)
  await writeOne(pathOf(out), content)
  console.log([unsupportedText(unsupported), unsupportedText(lost)].filter(Boolean).join('\n'))
  console.log(JSON.stringify({ written: out, unsupported, lost }))
  return unsupported.length + lost.length === 0 ? 0 : 1
}

async function written(
  format: (typeof FORMATS)[number],
  { problem, files, name }: LoadedFile,
  timetable: LoadedFile['given'],
) {
  const placed = timetable ?? emptyTimetable(problem)
  if (format === 'json') return { content: placedText(problem, placed), lost: [] }
  if (format === 'fet') {
    const { text, unsupported } = writeFetProblem(problem, timetable ?? undefined)
    return { content: text, lost: unsupported }
  }
  const [own] = await files(placed)
  if (!own)
    throw new Misuse(`Формат, в котором записан «${name}», расписания не хранит: выберите fet или json.`)
  return { content: own.content, lost: [] }
}
