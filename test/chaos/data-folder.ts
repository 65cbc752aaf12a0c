import { cpSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStorage, type Storage } from '#platform/storage.ts'
import { mortalFolder, scratch } from '../temporary-cluster.ts'
import { fillSchool, type Lesson } from './school.ts'

type School = { dataDir: string; lessons: Lesson[] }

let prepared: Promise<School> | null = null

/** A data folder of this test alone, on a real disk; removed when the test ends. */
export function freshDataFolder(): string {
  const folder = mortalFolder(tmpdir())
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))
  return folder
}

/** As `freshDataFolder`, where no disk is needed. */
export function bareFolder(): string {
  const folder = mortalFolder(scratch())
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))
  return folder
}

let empty: Promise<string> | null = null

/** A data folder with a migrated empty database, where no disk is needed: made once a run, and copied. */
export async function emptyFolder(): Promise<string> {
  empty ??= prepareEmpty()
  const from = await empty
  const dataDir = bareFolder()
  cpSync(join(from, 'postgres'), join(dataDir, 'postgres'), { recursive: true })
  return dataDir
}

async function prepareEmpty(): Promise<string> {
  const dataDir = mortalFolder(scratch())
  await withStorage(dataDir, async () => undefined)
  return dataDir
}

/** As `freshDataFolder`, holding the database of a school: made once a run, and copied. */
export async function schoolFolder(): Promise<School> {
  prepared ??= prepare()
  const { dataDir: from, lessons } = await prepared
  const dataDir = freshDataFolder()
  cpSync(join(from, 'postgres'), join(dataDir, 'postgres'), { recursive: true })
  return { dataDir, lessons }
}

async function prepare(): Promise<School> {
  const dataDir = mortalFolder(tmpdir())
  const size = { journals: 4, lessons: 8, students: 20 }
  const lessons = await withStorage(dataDir, ({ database }) => fillSchool(database, size))
  return { dataDir, lessons }
}

/** Does work on the folder's database while no journal serves it, opened with the product's own checks. */
export async function withStorage<T>(dataDir: string, work: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ dataDir, databaseUrl: null }, { tell: () => undefined })
  try {
    return await work(storage)
  } finally {
    await storage.stop()
  }
}
