import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Fault, FolderReading, GivenFile, IntakeData } from '#modules/imports/index.ts'
import { MAX_FILE_BYTES, readFiles, readFolder } from '#modules/imports/index.ts'
import { type IntakeProblem, problemOfIntake } from './problem-of-intake.ts'

/**
 * The tables of an intake as something to compose. `faults` have file, sheet and cell; with an error among them, or
 * without any load, there is nothing to compose and `intake` is null. Questions are told and do not stop anybody.
 */
export type IntakeReading = {
  readonly data: IntakeData
  readonly intake: IntakeProblem | null
  readonly faults: readonly Fault[]
}

/** Reads a folder of an intake, or some of its workbooks by path. */
export async function readIntake(paths: readonly string[]): Promise<IntakeReading> {
  const [first] = paths
  if (first !== undefined && paths.length === 1 && (await stat(first)).isDirectory())
    return problemOfReading(await readFolder(first))
  return problemOfReading(await readFiles(await Promise.all(paths.map(givenFile))))
}

function problemOfReading({ files, data }: FolderReading): IntakeReading {
  const faults = files.flatMap((file) => file.faults)
  const hasErrors = faults.some(({ severity }) => severity === 'error')
  const hasLoad = data.assignments.some(({ classKey }) => classKey !== null)
  return { data, faults, intake: hasErrors || !hasLoad ? null : problemOfIntake(data) }
}

async function givenFile(path: string): Promise<GivenFile> {
  const { size } = await stat(path)
  const name = basename(path).normalize('NFC')
  return { name, bytes: size > MAX_FILE_BYTES ? null : await readFile(path) }
}
