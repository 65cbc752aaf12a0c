import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeWebStream } from 'node:stream/web'
import { isMainThread } from 'node:worker_threads'
import { createGunzip, createGzip, gzipSync } from 'node:zlib'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { BackupRefused } from './fault.ts'

/** A sealed file: its length, and the SHA-256 of what lies on the disk, in hexadecimal. */
export type Sealed = { bytes: number; sha256: string }

const CHUNK = 64 * 1024

/** A new key: `identity` opens what was sealed to `recipient`. */
export async function newKey(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

export { identityToRecipient as recipientOf } from 'age-encryption'

/**
 * Packs (gzip) and seals (age) a stream into a file that appears whole or not at all, and lies on the disk when this
 * resolves. Whoever has one of the keys opens it with `age -d … | gunzip`.
 */
export async function seal(source: Readable, file: string, recipients: readonly string[]): Promise<Sealed> {
  const draft = `${file}.part`
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const hash = createHash('sha256')
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(
      source,
      packing(),
      async function* (packed: AsyncIterable<Uint8Array>) {
        yield* iterate(await encrypter.encrypt(web(packed)))
      },
      meter,
      createWriteStream(draft, { flags: 'w', mode: 0o600 }),
    )
    await keep(draft)
    await rename(draft, file)
    await keep(dirname(file))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return { bytes, sha256: hash.digest('hex') }
}

// Fast: most of a database packs well, and the rest is not worth the processor.
const LEVEL = 1
const MEMBER = 2 ** 20

/**
 * In a thread of its own packing is done by that thread, whose priority is low, and not by those of the process that
 * serves: one member of gzip after another, which every reader takes for one.
 */
function packing(): Transform {
  if (isMainThread) return createGzip({ level: LEVEL, chunkSize: CHUNK })
  let parts: Buffer[] = []
  let bytes = 0
  const packed = () => {
    const member = gzipSync(Buffer.concat(parts), { level: LEVEL })
    parts = []
    bytes = 0
    return member
  }
  return new Transform({
    transform(chunk: Buffer, _, done) {
      parts.push(chunk)
      bytes += chunk.length
      if (bytes < MEMBER) done()
      else done(null, packed())
    },
    flush(done) {
      done(null, packed())
    },
  })
}

/** Opens a sealed file into a stream; refuses a key it was not sealed to, and a file that was changed or cut. */
export async function unseal(file: string, identities: readonly string[], into: Writable): Promise<void> {
  const decrypter = new Decrypter()
  try {
    for (const identity of identities) decrypter.addIdentity(identity)
  } catch {
    throw new BackupRefused('key-malformed')
  }
  const refused = (error: unknown): never => {
    throw sealFault(error, file)
  }
  await pipeline(
    createReadStream(file, { highWaterMark: CHUNK }),
    async function* (sealed: AsyncIterable<Uint8Array>) {
      try {
        yield* iterate(await decrypter.decrypt(web(sealed)))
      } catch (error) {
        throw openingFault(error as Error, file)
      }
    },
    createGunzip({ chunkSize: CHUNK }),
    into,
  ).catch(refused)
}

/** The whole of a small sealed file. */
export async function unsealText(file: string, identities: readonly string[]): Promise<string> {
  const parts: Buffer[] = []
  const collect = new Transform({
    transform(chunk: Buffer, _, done) {
      parts.push(chunk)
      done()
    },
  })
  collect.resume()
  await unseal(file, identities, collect)
  return Buffer.concat(parts).toString('utf8')
}

/** Makes what was written to a file, or the names in a folder, outlive a loss of power. */
export async function keep(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => null)
  // Windows opens no folder, and a share may not know how: the file itself was synced.
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

function openingFault(error: Error, file: string): Error {
  if (isOfSystem(error)) return error
  return new BackupRefused(/no identity matched/i.test(error.message) ? 'wrong-key' : 'file-broken', file)
}

function sealFault(error: unknown, file: string): Error {
  const { code = '' } = error as { code?: string }
  if (code === 'ENOENT') return new BackupRefused('file-missing', file)
  const isBroken = /^Z_|ERR_STREAM_PREMATURE/.test(code)
  return isBroken ? new BackupRefused('file-broken', file) : (error as Error)
}

// The disk on which it is unpacked may be full, which says nothing of the file.
const isOfSystem = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string'

const web = (chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> =>
  Readable.toWeb(Readable.from(chunks, { objectMode: false })) as unknown as ReadableStream<Uint8Array>

const iterate = (stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> =>
  stream as unknown as NodeWebStream<Uint8Array>
