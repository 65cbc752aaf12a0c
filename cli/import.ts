import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Answers,
  type AskKnown,
  ImportRefused,
  importable,
  knownCentre,
  mayHoldTable,
  type ReadWorkbook,
  readFolder,
  writeIntake,
} from '#modules/imports/index.ts'
import { systemClock } from '#platform/clock.ts'
import type { Database } from '#platform/db.ts'
import { explainedReport, heldReport, readingReport, refusalWords, writtenReport } from './import-report.ts'
import { openOwnStorage } from './own-storage.ts'

const USAGE = [
  'npm run import -- <папка> [--accept <номер>]… [--same <номер>]… [--other <номер>]… [--is <номер>=<название>]… [--accept-questions] [--dry-run]',
  '',
  '  --accept <номер>    принять один вопрос: так и должно быть',
  '  --same <номер>      ребёнок или сотрудник тот же: в таблице исправлены имя или дата рождения',
  '  --other <номер>     это другой человек',
  '  --is <номер>=<название>',
  '                      это другое название: предмет, сотрудник или класс, который в журнале называется так; запоминается',
  '  --accept-questions  принять все вопросы, кроме тех, кто есть кто, что значит дата, какой это заезд и новый ли это предмет',
  '  --dry-run           показать, что изменится, и ничего не записать',
].join('\n')

type Wanted = {
  folder: string
  faultIds: string[]
  allQuestions: boolean
  answers: Answers
  dryRun: boolean
}

/** Reads a centre's spreadsheets into the journal; 1 when something was held back, 2 when it was called wrongly. */
export async function importFolder(args: string[], read?: ReadWorkbook): Promise<number> {
  const wanted = wantedOf(args)
  if (wanted === null) {
    console.log(USAGE)
    return 2
  }
  const found = await stat(wanted.folder).catch(() => null)
  if (!found?.isDirectory()) {
    console.log(noFolder(wanted.folder, found !== null))
    return 2
  }
  const storage = await openOwnStorage()
  try {
    return await importInto(storage.database, { ...wanted, read })
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    console.log(refusalWords(error.refusal))
    for (const about of error.about) console.log(`  ${about}`)
    return 1
  } finally {
    await storage.stop()
  }
}

async function importInto(
  database: Database,
  { read, ...wanted }: Wanted & { read: ReadWorkbook | undefined },
): Promise<number> {
  const now = systemClock()
  const { answers } = wanted
  const ask: AskKnown = (said) => knownCentre(database, said, now)
  const reading = await readFolder(wanted.folder, { ask, answers, read })
  if (reading.files.length === 0) {
    console.log(readingReport(reading))
    console.log(`В папке «${wanted.folder}» нет ни одного файла XLSX.`)
    return 2
  }
  const { known } = reading
  const { ready, held, data } = importable(reading, { ...wanted, ...(known ? { known } : {}) })
  console.log(readingReport(reading))
  if (held.length > 0) console.log(heldReport(held))
  if (data.explained.length > 0) console.log(explainedReport(data.explained))
  const whole = held.length === 0 && !reading.unread.some(mayHoldTable)
  if (ready.length === 0) return 1
  const { dryRun } = wanted
  const summary = await writeIntake(database, data, { now, dryRun, known })
  console.log(writtenReport(summary, { dryRun, whole }))
  return whole ? 0 : 1
}

function splitAnswer(answer: string): [id: string, name: string] | null {
  const found = /^\s*([0-9a-f]+)\s*=\s*(\S.*?)\s*$/.exec(answer)
  return found === null ? null : [found[1] as string, found[2] as string]
}

const noFolder = (path: string, isFile: boolean): string =>
  isFile
    ? `«${path}» — это файл, а нужна папка. Положите файлы в папку и укажите её.`
    : `Папки «${path}» нет. Проверьте, как она названа.`

function wantedOf(args: string[]): Wanted | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        accept: { type: 'string', multiple: true, default: [] },
        same: { type: 'string', multiple: true, default: [] },
        other: { type: 'string', multiple: true, default: [] },
        is: { type: 'string', multiple: true, default: [] },
        'accept-questions': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    const [folder, ...others] = positionals
    if (folder === undefined || others.length > 0) return null
    const names = values.is.map((answer) => splitAnswer(answer))
    if (!names.every((one) => one !== null)) return null
    // npm runs a script in the project's folder; the path was typed in another.
    const from = process.env.INIT_CWD ?? process.cwd()
    return {
      folder: resolve(from, folder),
      faultIds: values.accept,
      answers: { same: new Set(values.same), other: new Set(values.other), names: new Map(names) },
      allQuestions: values['accept-questions'],
      dryRun: values['dry-run'],
    }
  } catch {
    return null
  }
}
