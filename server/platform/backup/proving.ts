import { join } from 'node:path'
import { Readable } from 'node:stream'
import { DATABASE } from '../embedded/letters.ts'
import type { Connection } from '../embedded/reach.ts'
import {
  type Difference,
  differencesBetween,
  Fingerprint,
  fingerprintOf,
  recordFingerprint,
} from './fingerprint.ts'
import { type Base, FINGERPRINT } from './folder.ts'
import { handOver } from './handing-over.ts'
import { keepProof, type Proof } from './proofs.ts'
import { discard, replay, type UnpackCopy, type UnpackOrder, unpack } from './restore.ts'
import { type Sealed, seal, unsealText } from './seal.ts'
import type { Segment } from './segments.ts'
import { withClient } from './with-client.ts'

export type ProofOrder = Omit<UnpackOrder, 'until'> & {
  clock: () => Date
  /** In this thread unless told otherwise. */
  unpack?: UnpackCopy
}

/**
 * Records what every table holds at a restore point of this name, sealed beside the copy, and hands the log over up to
 * there; the segment that holds it.
 */
export async function sealFingerprint(
  login: Connection,
  { folder, name, recipients }: { folder: string; name: string; recipients: readonly string[] },
): Promise<{ sealed: Sealed; upTo: Segment }> {
  return withClient(login, async (client) => {
    const text = JSON.stringify(await recordFingerprint(client, name))
    const source = Readable.from([text], { objectMode: false })
    const sealed = await seal(source, join(folder, FINGERPRINT), recipients)
    return { sealed, upTo: await handOver(client) }
  })
}

/**
 * Restores a copy beside, to the very snapshot that was recorded in the live database, and compares every table. The
 * outcome is kept beside the copy; null where it was copied without a record (before an update).
 */
export async function prove(order: ProofOrder): Promise<Proof | null> {
  const { clock, unpack: layOut = unpack, ...laid } = order
  const { base, identities, draft } = laid
  const recorded = await recordedIn(base, identities)
  await discard(draft)
  try {
    const unpacked = await layOut({ ...laid, until: new Date(recorded?.at ?? base.about.to) })
    const target = recorded ? { point: recorded.restorePoint } : 'end'
    const recovered = await replay(unpacked, target, { readOnly: true, progress: order.progress })
    const found = await differences(recovered.connect(DATABASE), recorded).finally(recovered.stop)
    if (!recorded) return null
    // Where the log ends before the point, what is compared is another moment.
    const all = recovered.reached ? found : ['restore-point', ...found]
    const proof = { at: clock().toISOString(), same: all.length === 0, differences: all }
    await keepProof(base, proof)
    return proof
  } finally {
    await discard(draft)
  }
}

async function recordedIn(base: Base, identities: readonly string[]): Promise<Fingerprint | null> {
  const file = join(base.folder, FINGERPRINT)
  if (!(FINGERPRINT in base.about.files)) return null
  return Fingerprint.parse(JSON.parse(await unsealText(file, identities)))
}

async function differences(connection: Connection, recorded: Fingerprint | null): Promise<string[]> {
  const found = await withClient(connection, fingerprintOf)
  return recorded ? differencesBetween(recorded, found).map(nameOf) : []
}

const nameOf = ({ name, recorded, found }: Difference): string =>
  `${name}: ${recorded ?? '—'} → ${found ?? '—'}`
