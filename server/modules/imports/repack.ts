import { crc32 } from 'node:zlib'
import type { Entry } from './archive.ts'
import { withoutEmptyCells } from './trim-sheet.ts'
import { textOf, type WorkbookParts } from './workbook-parts.ts'

type Packed = Omit<Entry, 'name'> & { name: string }

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE_NAMES: Record<string, string> = { sharedstrings: 'sharedStrings', sheetmetadata: 'sheetMetadata' }

/**
 * A container of the parts a table is read from, under the names every reader expects: whoever parses it sees what was
 * looked at and nothing else, neither drawings nor macros nor links.
 */
export async function repacked(
  { workbook, parts }: WorkbookParts,
  withEmptyCells: ReadonlySet<string>,
): Promise<Uint8Array> {
  const packed: Packed[] = [
    stored('[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"/>`),
    stored('_rels/.rels', relations([{ id: 'rId1', type: 'officeDocument', target: 'xl/workbook.xml' }])),
    { ...workbook, name: 'xl/workbook.xml' },
  ]
  const listed: Listed[] = []
  const names = new Map<string, string>()
  for (const { relation, entry } of parts) {
    if (/["<>&]/.test(relation.id)) continue
    const known = names.get(entry.name)
    const name = known ?? `part${names.size + 1}.xml`
    if (known === undefined) packed.push(await packedPart(`xl/${name}`, entry, withEmptyCells))
    names.set(entry.name, name)
    listed.push({ id: relation.id, type: TYPE_NAMES[relation.type] ?? relation.type, target: name })
  }
  packed.push(stored('xl/_rels/workbook.xml.rels', relations(listed)))
  return zipped(packed)
}

async function packedPart(name: string, entry: Entry, withEmptyCells: ReadonlySet<string>): Promise<Packed> {
  return withEmptyCells.has(entry.name)
    ? stored(name, withoutEmptyCells(await textOf(entry)))
    : { ...entry, name }
}

type Listed = { id: string; type: string; target: string }

function relations(list: Listed[]): string {
  const rows = list.map(
    ({ id, type, target }) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}/relationships">${rows.join('')}</Relationships>`
}

function stored(name: string, text: string): Packed {
  const packed = Buffer.from(text)
  return { name, method: 0, packed, size: packed.byteLength, checksum: crc32(packed) }
}

function zipped(entries: readonly Packed[]): Uint8Array {
  const bodies: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, method, packed, size, checksum } of entries) {
    const title = Buffer.from(name)
    // The header of an entry and of its line in the directory share all that matters here.
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(checksum, 10)
    common.writeUInt32LE(packed.byteLength, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(title.length, 22)
    bodies.push(Buffer.from('PK\x03\x04'), common, title, packed)
    const where = Buffer.alloc(14)
    where.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, where, title)
    offset += 30 + title.length + packed.byteLength
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listing, end])
}
