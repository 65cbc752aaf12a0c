import type { FileReport, NamedThing } from '../faults.ts'
import { childOf, textOf, type XmlElement } from '../xml.ts'

/** Names of one sort of thing and their indices. */
export type Names = {
  readonly thing: NamedThing
  readonly list: string[]
  readonly index: Map<string, number>
}

const NAMELESS: ReadonlySet<NamedThing> = new Set(['subject', 'tag'])

/** Children called `<Day><Name>…</Name></Day>` or, in files of old, `<Day>…</Day>` or `<Name>…</Name>`. */
export function namedElements(list: XmlElement, element: string): { name: string; element: XmlElement }[] {
  return list.children
    .filter((child) => child.name === element || child.name === 'Name')
    .map((child) => ({ name: textOf(child, 'Name') ?? child.text, element: child }))
}

/** Reads a list of names; an empty or repeated one is a fault, an absent list is empty. */
export function readNames(
  root: XmlElement,
  listName: string,
  { element, thing }: { element: string; thing: NamedThing },
  report: FileReport,
): Names & { elements: XmlElement[] } {
  const names = {
    thing,
    list: [] as string[],
    index: new Map<string, number>(),
    elements: [] as XmlElement[],
  }
  const list = childOf(root, listName)
  for (const { name, element: child } of list ? namedElements(list, element) : []) {
    // FET lets subjects and tags be named by nothing.
    if (name.trim() === '' && !NAMELESS.has(thing))
      report.fault(child.line, 'value-missing', null, { element })
    else if (names.index.has(name)) report.fault(child.line, 'name-repeated', name, { thing })
    names.index.set(name, names.list.length)
    names.list.push(name)
    names.elements.push(child)
  }
  return names
}

/** What a number may be; a whole one unless `fractions`. */
export type NumberBounds = {
  readonly least: number
  readonly most: number
  readonly otherwise?: number
  readonly fractions?: boolean
}

/** A number of a child element; a missing, unreadable or too big one is a fault and null. */
export function readNumber(
  parent: XmlElement,
  name: string,
  { least, most, otherwise, fractions = false }: NumberBounds,
  report: FileReport,
): number | null {
  const element = childOf(parent, name)
  const text = element?.text.trim() ?? ''
  if (text === '') {
    if (otherwise !== undefined) return otherwise
    report.fault(parent.line, 'element-missing', name, { element: parent.name })
    return null
  }
  const number = Number(text)
  const line = element?.line ?? parent.line
  if (!/^[-+]?\d+(\.\d+)?$/.test(text) || !(fractions || Number.isInteger(number))) {
    report.fault(line, 'number-invalid', text, { element: name })
    return null
  }
  if (number < least || number > most) {
    report.fault(line, 'number-out-of-range', text, { element: name, least, most })
    return null
  }
  return number
}

/** «true» or «yes», in any case, as all versions of FET write it. */
export function readFlag(parent: XmlElement, name: string, otherwise: boolean, report: FileReport): boolean {
  const element = childOf(parent, name)
  const text = element?.text.trim().toLowerCase() ?? ''
  if (text === '') return otherwise
  if (['true', 'yes', '1'].includes(text)) return true
  if (!['false', 'no', '0'].includes(text))
    report.fault(element?.line ?? parent.line, 'value-unknown', text, { element: name, why: 'true, false' })
  return false
}
