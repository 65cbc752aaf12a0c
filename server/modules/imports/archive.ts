import { createInflateRaw } from 'node:zlib'
import type { WorkbookRefusal } from './workbook-refusal.ts'

/** One entry of a container as its directory has it; names are told apart by case and slashes no more. */
export type Entry = { name: string; method: number; packed: Uint8Array; size: number; checksum: number }
type Directory = { entries: Entry[] } | { refusal: WorkbookRefusal }

const MAX_ENTRIES = 2_000
const END_BYTES = 22
const END_SIGNATURE = 0x06054b50
// A comment of the container is as long as two bytes can say; what some programs append is shorter.
const MAX_TAIL = 65_535
const HEADER_BYTES = 46
const LOCAL_BYTES = 30

/**
 * Reads the directory of a ZIP container. Names come with slashes, in lower case: parts of a workbook do not differ by
 * case, and some programs of Windows write backslashes. Paths out of the container are refused all the same.
 */
export function readArchive(bytes: Uint8Array): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const foreign = foreignFormat(view)
  if (foreign !== null) return { refusal: foreign }
  const end = endOf(view)
  if (end === null) return { refusal: 'broken' }
  const declared = view.getUint16(end + 10, true)
  if (declared === 0xffff) return { refusal: 'broken' }
  if (declared > MAX_ENTRIES) return { refusal: 'too-many-entries' }
  return readEntries(bytes, view, { offset: view.getUint32(end + 16, true), end, declared })
}

/** The content of an entry in chunks. */
export async function* inflated({
  method,
  packed,
}: Pick<Entry, 'method' | 'packed'>): AsyncGenerator<Uint8Array> {
  if (method === 0) {
    yield packed
    return
  }
  const stream = createInflateRaw()
  stream.end(packed)
  for await (const chunk of stream) yield chunk
}

function foreignFormat(view: DataView): WorkbookRefusal | null {
  if (view.byteLength < 4) return 'not-a-workbook'
  const signature = view.getUint32(0, false)
  if (signature === 0xd0cf11e0) return hasEncryptedPackage(view) ? 'encrypted' : 'old-format'
  return signature === 0x504b0304 ? null : 'not-a-workbook'
}

// Office wraps a password-protected workbook in the old container under this UTF-16 stream name.
function hasEncryptedPackage(view: DataView): boolean {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  )
}

// Only this reader looks at the container, so nobody can disagree with it about where the directory is.
function endOf(view: DataView): number | null {
  const last = view.byteLength - END_BYTES
  for (let at = last; at >= Math.max(0, last - MAX_TAIL); at -= 1) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue
    if (view.getUint32(at + 16, true) + view.getUint32(at + 12, true) === at) return at
  }
  return null
}

function readEntries(
  bytes: Uint8Array,
  view: DataView,
  { offset, end, declared }: { offset: number; end: number; declared: number },
): Directory {
  const entries: Entry[] = []
  const names = new Set<string>()
  let at = offset
  while (at < end) {
    const read = readEntry(bytes, view, { at, limit: offset })
    if ('refusal' in read) return read
    if (names.has(read.entry.name)) return { refusal: 'broken' }
    names.add(read.entry.name)
    entries.push(read.entry)
    at = read.next
  }
  return at === end && entries.length === declared ? { entries } : { refusal: 'broken' }
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  { at, limit }: { at: number; limit: number },
): { entry: Entry; next: number } | { refusal: WorkbookRefusal } {
  if (at + HEADER_BYTES > view.byteLength || view.getUint32(at, true) !== 0x02014b50) {
    return { refusal: 'broken' }
  }
  const nameLength = view.getUint16(at + 28, true)
  const next = at + HEADER_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  const written = new TextDecoder().decode(bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + nameLength))
  const name = partName(written)
  if (name === null) return { refusal: 'unsafe-path' }
  if ((view.getUint16(at + 8, true) & 1) === 1) return { refusal: 'encrypted' }
  const method = view.getUint16(at + 10, true)
  const packed = entryData(bytes, view, { at, limit })
  if (packed === null || (method !== 0 && method !== 8)) return { refusal: 'broken' }
  const checksum = view.getUint32(at + 16, true)
  return { entry: { name, method, packed, size: view.getUint32(at + 24, true), checksum }, next }
}

function entryData(
  bytes: Uint8Array,
  view: DataView,
  { at, limit }: { at: number; limit: number },
): Uint8Array | null {
  const packed = view.getUint32(at + 20, true)
  const local = view.getUint32(at + 42, true)
  if (local + LOCAL_BYTES > limit || view.getUint32(local, true) !== 0x04034b50) return null
  const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  return start + packed > limit ? null : bytes.subarray(start, start + packed)
}

// What leads out of the container does so with either slash.
function partName(written: string): string | null {
  const name = written.replaceAll('\\', '/')
  if (name.startsWith('/') || name.includes('\0') || /(^|\/)\.\.(\/|$)|^[a-z]:/i.test(name)) return null
  return name.replace(/^(\.\/)+/, '').toLowerCase()
}
