import { hkdfSync, randomBytes } from 'node:crypto'
import { bech32 } from '@scure/base'
import { identityToRecipient } from 'age-encryption'
import type { PaperKey } from '#contract/backups.ts'
import { bytesOf, type MendedWord, type PaperRefusal } from '#domain/backups/paper-typing.ts'
import { PAPER_BYTES, wordsOf } from '#domain/backups/paper-words.ts'
import { inOtherLayouts } from '#domain/people/password-shapes.ts'

/** Two ends of a key as `age` takes them: the identity opens, the recipient only seals. */
export type AgeKey = { identity: string; recipient: string }

/** A new key on paper: 128 random bits, kept nowhere; only its recipient may be stored. */
export async function newPaperKey(): Promise<PaperKey & AgeKey> {
  const bytes = randomBytes(PAPER_BYTES)
  return { words: wordsOf(bytes), ...(await keyOf(identityOf(bytes))) }
}

/**
 * The key that was typed back or copied from paper: its twelve words, in any shape `bytesOf` reads, or the line that
 * the picture holds. Whether it is the key of these backups is for the caller to compare by the recipient.
 */
export async function paperIdentityOf(
  text: string,
): Promise<(AgeKey & { mended: MendedWord[] }) | PaperRefusal> {
  const line = lineIn(text)
  if (line !== null) return isIdentity(line) ? { ...(await keyOf(line)), mended: [] } : BROKEN
  const read = bytesOf(text)
  return 'refused' in read ? read : { ...(await keyOf(identityOf(read.bytes))), mended: read.mended }
}

const BROKEN: PaperRefusal = { refused: 'paper-line-broken' }
const PREFIX = 'AGE-SECRET-KEY-'
const SECRET_BYTES = 32
// Without these very constants papers printed so far open nothing (docs/paper-key.md).
const SALT = 'zhuravl paper key'
const INFO = 'age X25519 identity, version 1'

const keyOf = async (identity: string): Promise<AgeKey> => ({
  identity,
  recipient: await identityToRecipient(identity),
})

// The words carry 128 random bits, so nothing is gained by a slow derivation; it only makes 32 bytes of 16.
function identityOf(bytes: Uint8Array): string {
  const secret = new Uint8Array(hkdfSync('sha256', bytes, SALT, INFO, SECRET_BYTES))
  return bech32.encodeFromBytes(PREFIX, secret).toUpperCase()
}

// `PREFIX`, the «1» of bech32, 52 signs of 32 bytes and 6 that check them.
const LINE = /AGE-SECRET-KEY-1[A-Z0-9]{58}/

/** The line of the picture within a text, what there is of it when it is broken, null when there is none. */
function lineIn(text: string): string | null {
  // A scanner types keys, not letters: under the Russian layout the line comes in Russian ones.
  const joined = text.replace(/\s+/gu, '')
  const readings = [joined, inOtherLayouts(joined.toLowerCase())[1] ?? ''].map((one) => one.toUpperCase())
  const found = readings.find((reading) => reading.includes(PREFIX))
  return found === undefined ? null : (LINE.exec(found)?.[0] ?? found)
}

function isIdentity(line: string): boolean {
  const read = bech32.decodeUnsafe(line)
  return read !== undefined && bech32.fromWordsUnsafe(read.words)?.length === SECRET_BYTES
}
