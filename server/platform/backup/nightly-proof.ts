import { join } from 'node:path'
import { basesIn, FINGERPRINT } from './folder.ts'
import type { BackupMemory } from './memory.ts'
import { proofOf } from './proofs.ts'
import { prove } from './proving.ts'
import type { UnpackCopy } from './restore.ts'

export type NightlyProofOptions = {
  dataDir: string
  memory: BackupMemory
  identities: readonly string[]
  unpack: UnpackCopy
  clock: () => Date
  tell: (words: string) => void
}

/** Restores the newest copy beside and compares it, unless that was done; one at a time. */
export type NightlyProof = { proveWhenDue: () => Promise<void>; stop: () => Promise<void> }

const AGAIN_MS = 60 * 60_000

export function createNightlyProof(options: NightlyProofOptions): NightlyProof {
  const { dataDir, memory, clock } = options
  const ending = new AbortController()
  let proving: Promise<void> | null = null
  let notBefore = 0
  const tryNewest = async () => {
    if (!(await memory.isThere())) return
    const base = (await basesIn(memory.root())).at(-1)
    if (!base || !(FINGERPRINT in base.about.files) || (await proofOf(base))) return
    const draft = join(dataDir, 'postgres.proof')
    const progress = () => ending.signal.throwIfAborted()
    const { identities, unpack } = options
    await prove({ root: memory.root(), base, identities, draft, clock, progress, unpack })
  }
  return {
    proveWhenDue: () => {
      if (ending.signal.aborted || clock().getTime() < notBefore) return Promise.resolve()
      proving ??= tryNewest()
        .catch((error: Error) => {
          notBefore = clock().getTime() + AGAIN_MS
          if (!ending.signal.aborted) options.tell(error.message)
        })
        .finally(() => {
          proving = null
        })
      return proving
    },
    stop: async () => {
      ending.abort()
      await proving
    },
  }
}
