import { createInflateRaw } from 'node:zlib'
import { makeEntryInspector } from './sheet-limits.ts'
import type { WorkbookRefusal } from './workbook-refusal.ts'

const MAX_ENTRIES = 2_000
const MAX_EXPANDED_BYTES = 100 * 1024 * 1024
const MAX_RATIO = 100
// Repetitive but harmless small parts compress 100 : 1 too; below this size the ratio says nothing.
const RATIO_COUNTS_FROM_BYTES = 1024 * 1024
const END_BYTES = 22
const HEADER_BYTES = 46
const LOCAL_BYTES = 30

type Entry = { name: string; method: number; data: Uint8Array }
type Directory = { entries: Entry[] } | { refusal: WorkbookRefusal }

/**
 * Walks a ZIP container once, inflating every entry without keeping it, and answers why it is refused,
 * or null. Memory stays at one chunk whatever the container claims about itself.
 */
export async function archiveRefusal(bytes: Uint8Array): Promise<WorkbookRefusal | null> {
  const directory = readDirectory(bytes)
  if ('refusal' in directory) return directory.refusal
  let expanded = 0
  for (const entry of directory.entries) {
    const counted = await countEntry(entry, MAX_EXPANDED_BYTES - expanded)
    if (typeof counted !== 'number') return counted.refusal
    expanded += counted
  }
  const names = new Set(directory.entries.map(({ name }) => name))
  return names.has('[Content_Types].xml') && names.has('xl/workbook.xml') ? null : 'not-a-workbook'
}

async function countEntry(entry: Entry, budget: number): Promise<number | { refusal: WorkbookRefusal }> {
  const inspector = makeEntryInspector(entry.name)
  let size = 0
  try {
    for await (const chunk of inflated(entry)) {
      size += chunk.byteLength
      if (size > budget || isBomb(size, entry.data.byteLength)) return { refusal: 'expands-too-much' }
      const refusal = inspector.feed(chunk)
      if (refusal !== null) return { refusal }
    }
  } catch {
    return { refusal: 'broken' }
  }
  const refusal = inspector.finish()
  return refusal === null ? size : { refusal }
}

function isBomb(size: number, packed: number): boolean {
  return size > RATIO_COUNTS_FROM_BYTES && size > packed * MAX_RATIO
}

async function* inflated({ method, data }: Entry): AsyncGenerator<Uint8Array> {
  if (method === 0) {
    yield data
    return
  }
  const stream = createInflateRaw()
  stream.end(data)
  for await (const chunk of stream) yield chunk
}

function readDirectory(bytes: Uint8Array): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const foreign = foreignFormat(view)
  if (foreign !== null) return { refusal: foreign }
  // A comment after the end record would let two readers disagree about where the directory is.
  const end = bytes.byteLength - END_BYTES
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return { refusal: 'broken' }
  const declared = view.getUint16(end + 10, true)
  const offset = view.getUint32(end + 16, true)
  if (declared === 0xffff || offset + view.getUint32(end + 12, true) !== end) return { refusal: 'broken' }
  if (declared > MAX_ENTRIES) return { refusal: 'too-many-entries' }
  return readEntries(bytes, view, { offset, end, declared })
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
    const folded = read.entry.name.toLowerCase()
    if (names.has(folded)) return { refusal: 'broken' }
    names.add(folded)
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
  const name = new TextDecoder().decode(bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + nameLength))
  if (isUnsafe(name)) return { refusal: 'unsafe-path' }
  if ((view.getUint16(at + 8, true) & 1) === 1) return { refusal: 'encrypted' }
  const method = view.getUint16(at + 10, true)
  const data = entryData(bytes, view, { at, limit })
  if (data === null || (method !== 0 && method !== 8)) return { refusal: 'broken' }
  return { entry: { name, method, data }, next }
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

function isUnsafe(name: string): boolean {
  return (
    name.startsWith('/') ||
    name.includes('\\') ||
    name.includes('\0') ||
    /(^|\/)\.\.(\/|$)|^[a-z]:/i.test(name)
  )
}
