import { randomInt } from 'node:crypto'
import {
  inGroups,
  proofOf,
  RECOVERY_CODES,
  RECOVERY_LENGTH,
  RECOVERY_SIGNS,
} from '#domain/access/second-factor.ts'
import { Refused } from '#platform/errors.ts'
import { sha256 } from '#platform/secrets.ts'
import { totpStep } from '#platform/totp.ts'
import type { Vault } from '#platform/vault.ts'
import type { KeptFactor, Taken } from './second-factor.sql.ts'

/** Whose sealed secret it is: it opens for no other account. */
export const ownerOf = (organizationId: string, accountId: string): string =>
  `second-factor ${organizationId} ${accountId}`

const wrong = () => new Refused('wrong-code', { path: 'code' })

/** What a typed code would take, if nobody has taken it: a step of the app or a recovery code. Refused when wrong. */
export function proven(
  text: string,
  kept: KeptFactor & { owner: string },
  { vault, now }: { vault: Vault; now: Date },
): Taken {
  const proof = proofOf(text)
  if (!proof) throw wrong()
  if (proof.kind === 'recovery') return { step: null, codeHash: sha256(proof.code) }
  const secret = vault.open(kept.sealedSecret, kept.owner)
  // The key of the server was lost or replaced: recovery codes go on, and say so.
  if (secret === null) throw new Refused('second-factor-unreadable')
  const step = totpStep(secret, proof.code, now)
  if (step === null) throw wrong()
  if (step <= kept.lastStep) throw new Refused('code-used', { path: 'code' })
  return { step, codeHash: null }
}

const newCode = (): string =>
  Array.from({ length: RECOVERY_LENGTH }, () => RECOVERY_SIGNS[randomInt(RECOVERY_SIGNS.length)]).join('')

/** Recovery codes as they are shown, once, and what is kept of them. */
export function newRecoveryCodes(): { shown: string[]; hashes: Buffer[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  return { shown: codes.map(inGroups), hashes: codes.map(sha256) }
}
