import { SaxesParser } from 'saxes'
import { type FileFault, fileFault } from './faults.ts'

/** An element with the text in it, entities resolved; `line` is where it begins, counted from 1. */
export type XmlElement = {
  readonly name: string
  readonly line: number
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
  /** Where its end tag begins in the text that was read; for `<name/>`, where the tag ends. */
  readonly end: number
  readonly selfClosing: boolean
}

export type XmlReading = { readonly root: XmlElement } | { readonly fault: FileFault }

const MAX_MEGABYTES = 64
const MAX_DEPTH = 64
const NONE: Readonly<Record<string, string>> = Object.freeze({})

type Growing = XmlElement & { children: XmlElement[]; text: string; end: number }

class TooDeep extends Error {}

/**
 * Reads a file of XML strictly. Entities that a file declares are not known to it, so nothing can expand; the size
 * and the depth are bounded. Wrong XML is a fault with its line.
 */
export function readXml(text: string, file: string): XmlReading {
  if (text.length > MAX_MEGABYTES * 2 ** 20)
    return { fault: fileFault(file, null, 'too-big', null, { most: MAX_MEGABYTES }) }
  const parser = new SaxesParser<{ position: true; xmlns: false }>({ position: true, xmlns: false })
  const open: Growing[] = []
  let root: XmlElement | null = null
  let startLine = 1
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentagstart', () => {
    startLine = parser.line
  })
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    if (open.length >= MAX_DEPTH) throw new TooDeep()
    const element: Growing = {
      name,
      line: startLine,
      attributes: compact(attributes),
      children: [],
      text: '',
      end: parser.position,
      selfClosing: isSelfClosing,
    }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('text', (piece) => addText(open, piece))
  parser.on('cdata', (piece) => addText(open, piece))
  parser.on('closetag', () => {
    const element = open.pop()
    if (element && !element.selfClosing) element.end = text.lastIndexOf('<', parser.position - 1)
  })
  try {
    parser.write(text).close()
  } catch (error) {
    if (error instanceof TooDeep)
      return { fault: fileFault(file, parser.line, 'too-deep', null, { most: MAX_DEPTH }) }
    const why = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '') : ''
    return { fault: fileFault(file, parser.line, 'xml-broken', null, { why }) }
  }
  return root ? { root } : { fault: fileFault(file, null, 'xml-broken') }
}

/** Most elements of a timetable have none. What the parser gives is far larger than an object of one's own. */
function compact(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const _ in attributes) return { ...attributes }
  return NONE
}

function addText(open: Growing[], piece: string): void {
  const element = open.at(-1)
  if (element) element.text += piece
}

/** The first element of that name within. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** All elements of that name within, in order. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The text of the first element of that name, or undefined when there is none. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text
}
