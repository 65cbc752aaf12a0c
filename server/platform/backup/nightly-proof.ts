import { join } from 'node:path'
import { BackupRefused } from './fault.ts'
import { basesIn, FINGERPRINT } from './folder.ts'
import type { BackupMemory } from './memory.ts'
import { proofOf } from './proofs.ts'
import { prove } from './proving.ts'
import { discard, neededFor, type UnpackCopy } from './restore.ts'
import type { Need, Room } from './room.ts'

export type NightlyProofOptions = {
  dataDir: string
  memory: BackupMemory
  identities: readonly string[]
  unpack: UnpackCopy
  room: Room
  clock: () => Date
  tell: (words: string) => void
}

/** Restores the newest copy beside and compares it, unless that was done; one at a time. */
export type NightlyProof = { proveWhenDue: () => Promise<void>; stop: () => Promise<void> }

const AGAIN_MS = 60 * 60_000

export function createNightlyProof(options: NightlyProofOptions): NightlyProof {
  const { dataDir, memory, clock, room } = options
  const ending = new AbortController()
  let proving: Promise<void> | null = null
  let notBefore = 0
  const tryNewest = async () => {
    if (!(await memory.isThere())) return
    const base = (await basesIn(memory.root())).at(-1)
    if (!base || !(FINGERPRINT in base.about.files) || (await proofOf(base))) return room.forget('proof')
    const draft = join(dataDir, 'postgres.proof')
    const { identities, unpack } = options
    const root = memory.root()
    // What a killed one has left takes room too.
    await discard(draft)
    const bytes = await neededFor({ root, base, until: new Date(base.about.to) })
    const need: Need = { work: 'proof', folder: dataDir, bytes }
    await room.require(need)
    await room.during(need, (past) => {
      const signal = AbortSignal.any([ending.signal, past])
      return prove({
        ...{ root, base, identities, draft, clock, unpack },
        progress: () => signal.throwIfAborted(),
      })
    })
  }
  return {
    proveWhenDue: () => {
      if (ending.signal.aborted || clock().getTime() < notBefore) return Promise.resolve()
      proving ??= tryNewest()
        .catch((error: Error) => {
          // Room is looked for each time before one is begun.
          const isWaiting = error instanceof BackupRefused && error.fault === 'proof-no-room'
          if (!isWaiting) notBefore = clock().getTime() + AGAIN_MS
          if (!ending.signal.aborted && !room.isTold(error)) options.tell(error.message)
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
