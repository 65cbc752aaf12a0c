import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Importable,
  ImportRefused,
  type ImportSummary,
  importable,
  mayHoldTable,
  readFolder,
  writeIntake,
} from '#modules/imports/index.ts'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { openStorage } from '#platform/storage.ts'
import { heldReport, readingReport, refusalWords, writtenReport } from './import-report.ts'

const USAGE = [
  'npm run import -- <папка> [--accept <номер вопроса>]… [--accept-questions] [--dry-run]',
  '',
  '  --accept <номер>    принять один вопрос: так и должно быть',
  '  --accept-questions  принять все вопросы',
  '  --dry-run           показать, что изменится, и ничего не записать',
].join('\n')

type Wanted = { folder: string; faultIds: string[]; allQuestions: boolean; dryRun: boolean }

/** Reads a centre's spreadsheets into the journal; 1 when something was held back, 2 when it was called wrongly. */
export async function importFolder(args: string[]): Promise<number> {
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
  const reading = await readFolder(wanted.folder)
  if (reading.files.length === 0) {
    console.log(readingReport(reading))
    console.log(`В папке «${wanted.folder}» нет ни одного файла XLSX.`)
    return 2
  }
  const { ready, held, data } = importable(reading, wanted)
  console.log(readingReport(reading))
  if (held.length > 0) console.log(heldReport(held))
  const whole = held.length === 0 && !reading.unread.some(mayHoldTable)
  const done = ready.length > 0 && (await write(data, { dryRun: wanted.dryRun, whole }))
  return done && whole ? 0 : 1
}

const noFolder = (path: string, isFile: boolean): string =>
  isFile
    ? `«${path}» — это файл, а нужна папка. Положите файлы в папку и укажите её.`
    : `Папки «${path}» нет. Проверьте, как она названа.`

async function write(
  data: Importable['data'],
  { dryRun, whole }: { dryRun: boolean; whole: boolean },
): Promise<boolean> {
  try {
    console.log(writtenReport(await writeBeside(data, dryRun), { dryRun, whole }))
    return true
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    console.log(refusalWords(error.refusal))
    for (const about of error.about) console.log(`  ${about}`)
    return false
  }
}

// The journal may be serving meanwhile: the import is one more client of the same database.
async function writeBeside(data: Importable['data'], dryRun: boolean): Promise<ImportSummary> {
  const storage = await openStorage(readConfig(process.env), { join: true, tell: console.warn })
  try {
    return await writeIntake(storage.database, data, { now: systemClock(), dryRun })
  } finally {
    await storage.stop()
  }
}

function wantedOf(args: string[]): Wanted | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        accept: { type: 'string', multiple: true, default: [] },
        'accept-questions': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    const [folder, ...others] = positionals
    if (folder === undefined || others.length > 0) return null
    // npm runs a script in the project's folder; the path was typed in another.
    const from = process.env.INIT_CWD ?? process.cwd()
    return {
      folder: resolve(from, folder),
      faultIds: values.accept,
      allQuestions: values['accept-questions'],
      dryRun: values['dry-run'],
    }
  } catch {
    return null
  }
}
