import { deflateRawSync } from 'node:zlib'

export type Part = { name: string; text?: string; raw?: Uint8Array; flags?: number; method?: number }

/** A ZIP container by hand, so that it can lie about itself. */
export function zip(parts: Part[], { entries = parts.length } = {}): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text = '', raw, flags = 0, method = 8 } of parts) {
    const title = Buffer.from(name)
    const data = raw ?? deflateRawSync(Buffer.from(text))
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(data.length, 20)
    // The stated size is a lie on purpose: only what is inflated counts.
    entry.writeUInt32LE(1, 24)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, title, Buffer.from(data))
    directory.push(entry, title)
    offset += 30 + title.length + data.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, listing, end])
}
