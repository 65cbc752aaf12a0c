import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Base, writeWhole } from './folder.ts'

/** How a copy fared when it was restored beside: when, and which tables were not as recorded. */
export const Proof = z.strictObject({
  at: z.iso.datetime(),
  same: z.boolean(),
  differences: z.array(z.string()),
})
export type Proof = z.infer<typeof Proof>

const file = (base: Base): string => join(base.folder, 'proof.json')

/** The last proof of a copy, null while nobody has tried. */
export async function proofOf(base: Base): Promise<Proof | null> {
  try {
    return Proof.parse(JSON.parse(await readFile(file(base), 'utf8')))
  } catch {
    return null
  }
}

/** Keeps the outcome beside the copy. */
export const keepProof = (base: Base, proof: Proof): Promise<void> =>
  writeWhole(file(base), JSON.stringify(proof, null, 2))
