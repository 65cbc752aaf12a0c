import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { onTestFinished } from 'vitest'
import { openStorage, type Storage } from '#platform/storage.ts'
import { mortalFolder } from '../temporary-cluster.ts'

/** A data folder of this test alone, on a real disk; removed when the test ends. */
export function freshDataFolder(): string {
  const folder = mortalFolder(tmpdir())
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))
  return folder
}

/** Does work on the folder's database while no journal serves it, opened with the product's own checks. */
export async function withStorage<T>(dataDir: string, work: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ dataDir, databaseUrl: null })
  try {
    return await work(storage)
  } finally {
    await storage.stop()
  }
}
