import type { FileReport, NamedThing } from '../faults.ts'
import type { XmlElement } from '../xml.ts'

/** Ids of one kind of thing, for references to it. */
export type Ids = { readonly thing: NamedThing; readonly byId: ReadonlyMap<string, number> }

/** Everything of an instance that can be referred to. */
export type InstanceIds = {
  readonly times: Ids
  readonly timeGroups: Ids
  readonly resourceTypes: Ids
  readonly resourceGroups: Ids
  readonly resources: Ids
  readonly eventGroups: Ids
  readonly events: Ids
}

/** Reads values out of elements and reports what is not there or not as it should be. */
export class Fields {
  readonly report: FileReport

  constructor(report: FileReport) {
    this.report = report
  }

  children(parent: XmlElement | null, name: string): readonly XmlElement[] {
    return parent?.children.filter((child) => child.name === name) ?? []
  }

  optional(parent: XmlElement | null, name: string): XmlElement | null {
    return this.children(parent, name)[0] ?? null
  }

  child(parent: XmlElement, name: string): XmlElement | null {
    const found = this.optional(parent, name)
    if (!found) this.report.fault(parent.line, 'element-missing', name, { element: parent.name })
    return found
  }

  text(parent: XmlElement, name: string): string {
    return this.child(parent, name)?.text.trim() ?? ''
  }

  attribute(element: XmlElement, name: string): string {
    const value = element.attributes[name]?.trim()
    if (!value) this.report.fault(element.line, 'value-missing', null, { element: `${element.name} ${name}` })
    return value ?? ''
  }

  /** A whole number that is not negative; the one given when there is no such element. */
  count(parent: XmlElement, name: string, otherwise?: number): number {
    const element = otherwise === undefined ? this.child(parent, name) : this.optional(parent, name)
    if (!element) return otherwise ?? 0
    const text = element.text.trim()
    if (/^\d{1,9}$/.test(text)) return Number(text)
    this.report.fault(element.line, 'number-invalid', text, { element: name })
    return 0
  }

  truth(parent: XmlElement, name: string): boolean {
    const element = this.child(parent, name)
    const text = element?.text.trim()
    if (element && text !== 'true' && text !== 'false')
      this.report.fault(element.line, 'value-unknown', text, { element: name, why: 'true, false' })
    return text === 'true'
  }

  /** Which thing the element refers to, or `null` when there is none with that id. */
  reference(element: XmlElement, ids: Ids, attribute = 'Reference'): number | null {
    const id = this.attribute(element, attribute)
    const index = ids.byId.get(id)
    if (index === undefined && id !== '')
      this.report.fault(element.line, 'name-unknown', id, { element: element.name, thing: ids.thing })
    return index ?? null
  }

  /** Things referred to by `name` elements of the list `listName`, which may be left out. */
  references(parent: XmlElement | null, listName: string, name: string, ids: Ids): number[] {
    return this.children(this.optional(parent, listName), name).flatMap(
      (element) => this.reference(element, ids) ?? [],
    )
  }

  /** Ids of the elements, each used once. */
  ids(thing: NamedThing, elements: readonly XmlElement[]): Ids {
    const byId = new Map<string, number>()
    for (const [index, element] of elements.entries()) {
      const id = this.attribute(element, 'Id')
      if (byId.has(id) && id !== '') this.report.fault(element.line, 'name-repeated', id, { thing })
      byId.set(id, index)
    }
    return { thing, byId }
  }
}
