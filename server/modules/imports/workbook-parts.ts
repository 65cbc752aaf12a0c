import { type Entry, inflated } from './archive.ts'
import { isPicture } from './sheet-limits.ts'
import { attributeOf, makeTagScanner, tagParts } from './tag-scanner.ts'

/** A relation from one part to another, both by their names in the container. */
export type Relation = { id: string; type: string; part: string }

/** The part that is the workbook, and the parts it is read with: sheets, styles, common texts. */
export type WorkbookParts = { workbook: Entry; parts: { relation: Relation; entry: Entry }[] }

const READ_PARTS = new Set(['worksheet', 'sharedstrings', 'styles', 'sheetmetadata'])
// A workbook with macros and a template are the same sheets; macros are not among the parts that are read.
const WORKBOOK_TYPE = /\.(sheet|template)(\.macroenabled)?\.main\+xml$/i

/**
 * Finds the workbook of a container as its relations say, or else its table of content types; null when it holds none.
 * Parts the relations name are looked for whatever case, slashes or folder they are written with.
 */
export async function workbookParts(entries: readonly Entry[]): Promise<WorkbookParts | null> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const types = byName.get('[content_types].xml')
  if (types === undefined) return null
  const root = byName.get('_rels/.rels')
  const related = root === undefined ? [] : await relationsOf(root, '')
  const named = [
    ...related.filter(({ type }) => type === 'officedocument').map(({ part }) => part),
    ...(await overridesOf(types)),
    'xl/workbook.xml',
  ]
  const workbook = named.map((name) => byName.get(name)).find((entry) => entry?.name.endsWith('.xml'))
  if (workbook === undefined) return null
  const folder = folderOf(workbook.name)
  const rels = byName.get(`${folder}_rels/${workbook.name.slice(folder.length)}.rels`)
  const relations = rels === undefined ? [] : await relationsOf(rels, folder)
  const parts = relations.flatMap((relation) => {
    const entry = byName.get(relation.part)
    // A picture was not looked into.
    return entry === undefined || isPicture(entry.name) || !READ_PARTS.has(relation.type)
      ? []
      : [{ relation, entry }]
  })
  return { workbook, parts }
}

/** The text of a part. */
export async function textOf(entry: Entry): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of inflated(entry)) chunks.push(chunk)
  return new TextDecoder().decode(Buffer.concat(chunks))
}

async function relationsOf(entry: Entry, folder: string): Promise<Relation[]> {
  const found: Relation[] = []
  makeTagScanner().feed(await textOf(entry), (tag) => {
    const { name, closes } = tagParts(tag)
    const target = attributeOf(tag, 'Target')
    if (name !== 'Relationship' || closes || target === null) return
    if (attributeOf(tag, 'TargetMode')?.toLowerCase() === 'external') return
    const type = (attributeOf(tag, 'Type') ?? '').split('/').at(-1)?.toLowerCase() ?? ''
    found.push({ id: attributeOf(tag, 'Id') ?? '', type, part: partAt(folder, target) })
  })
  return found
}

async function overridesOf(entry: Entry): Promise<string[]> {
  const found: string[] = []
  makeTagScanner().feed(await textOf(entry), (tag) => {
    if (tagParts(tag).name !== 'Override' || !WORKBOOK_TYPE.test(attributeOf(tag, 'ContentType') ?? ''))
      return
    found.push(partAt('', attributeOf(tag, 'PartName') ?? ''))
  })
  return found
}

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

// A target counts from the folder of the part that names it, or from the container's root with a slash before it.
function partAt(folder: string, target: string): string {
  const plain = decoded(target).replaceAll('\\', '/')
  const path: string[] = []
  for (const step of (plain.startsWith('/') ? plain : folder + plain).split('/')) {
    if (step === '..') path.pop()
    else if (step !== '' && step !== '.') path.push(step)
  }
  return path.join('/').toLowerCase()
}

function decoded(target: string): string {
  const plain = target.replaceAll('&amp;', '&')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}
