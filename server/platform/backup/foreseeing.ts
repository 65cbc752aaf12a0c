import { join } from 'node:path'
import { BackupRefused } from './fault.ts'
import { type Base, basesIn, SECRETS, segmentsIn } from './folder.ts'
import { refuseHole, refuseOtherMajor, refuseWithoutRoom, segmentsFor } from './restore.ts'
import { baseFor, type RestoreOrder, refuseFuture } from './restoring.ts'
import { unsealText } from './seal.ts'

export type Foreseen = Pick<RestoreOrder, 'dataDir' | 'root' | 'identities' | 'until' | 'now'>

/**
 * Refuses at once what a restore would come upon when the journal has been stopped for it: a moment nothing is held of,
 * or one behind a lost piece of the log, a key that opens nothing, another PostgreSQL, a disk without room. Damage inside
 * a copy shows only as it is read.
 */
export async function foresee({ dataDir, root, identities, until, now }: Foreseen): Promise<Base> {
  refuseFuture(until, now)
  const base = await baseFor(root, until)
  await refuseOtherKey(base, identities)
  refuseOtherMajor(base)
  const kept = await segmentsIn(root)
  refuseHole(segmentsFor(base, kept, until), kept, until)
  await refuseWithoutRoom({ root, base, until, draft: join(dataDir, 'draft') })
  return base
}

/** Refuses keys that do not open this copy. */
export async function refuseOtherKey(base: Base, identities: readonly string[]): Promise<void> {
  if (identities.length === 0) throw new BackupRefused('no-key')
  await unsealText(join(base.folder, SECRETS), identities)
}

/** The names of the copies that these keys do not open, and the refusal of the newest of them. */
export async function lockedIn(
  root: string,
  identities: readonly string[],
): Promise<{ locked: ReadonlySet<string>; refusal: BackupRefused | null }> {
  const locked = new Set<string>()
  let refusal: BackupRefused | null = null
  for (const base of await basesIn(root)) {
    const error: unknown = await refuseOtherKey(base, identities).then(
      () => null,
      (reason) => reason,
    )
    // Of a damaged one it is told when it is chosen.
    if (!(error instanceof BackupRefused) || !['no-key', 'wrong-key'].includes(error.fault)) continue
    locked.add(base.name)
    refusal = error
  }
  return { locked, refusal }
}

/** About how many minutes a restore to this moment takes, rounded up. */
export async function minutesFor(root: string, until: Date | null): Promise<number> {
  const base = await baseFor(root, until)
  const segments = segmentsFor(base, await segmentsIn(root), until).length
  return Math.ceil((base.about.unpackedBytes / BYTES_S + segments * SEGMENT_S + AROUND_S) / 60)
}

// Below what was measured, 2 GB in 84 s on a busy machine of two cores: laying out and checking; and guessed: a segment
// of a quiet minute, stop and start.
const BYTES_S = 15 * 2 ** 20
const SEGMENT_S = 0.15
const AROUND_S = 30
