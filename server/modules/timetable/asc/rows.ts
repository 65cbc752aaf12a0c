import type { FileReport, NamedThing } from '../faults.ts'
import type { XmlElement } from '../xml.ts'

/** Everything aSc knows of is a row of attributes in a table. */
export type Row = XmlElement

/** Rows by what they are, with their ids. */
export type Table = { readonly rows: readonly Row[]; readonly byId: ReadonlyMap<string, number> }

/** The first of the attributes that is there and not empty; older exports name some of them otherwise. */
export function attributeOf(row: Row, ...names: string[]): string {
  for (const name of names) {
    const value = row.attributes[name]?.trim()
    if (value) return value
  }
  return ''
}

/** The parts of a list with commas. */
export function listOf(row: Row, ...names: string[]): string[] {
  return attributeOf(row, ...names)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Reads the tables of an export; what is wrong is reported. */
export class Tables {
  readonly report: FileReport
  private readonly root: XmlElement

  constructor(root: XmlElement, report: FileReport) {
    this.root = root
    this.report = report
  }

  rows(table: string, row: string): Row[] {
    return this.root.children
      .filter(({ name }) => name === table)
      .flatMap(({ children }) => children.filter(({ name }) => name === row))
  }

  /** Rows that others refer to by id. */
  table(table: string, row: string, thing: NamedThing): Table {
    const rows = this.rows(table, row)
    const byId = new Map<string, number>()
    for (const [index, one] of rows.entries()) {
      const id = attributeOf(one, 'id')
      if (id === '') this.report.fault(one.line, 'value-missing', null, { element: `${row} id` })
      else if (byId.has(id)) this.report.fault(one.line, 'name-repeated', id, { thing })
      byId.set(id, index)
    }
    return { rows, byId }
  }

  /** Indices in the table of the ids a row lists; `*` stands for none. */
  references(row: Row, table: Table, thing: NamedThing, ...attributes: string[]): number[] {
    return listOf(row, ...attributes).flatMap((id) => {
      const index = table.byId.get(id)
      if (index !== undefined) return [index]
      if (id !== '*')
        this.report.fault(row.line, 'name-unknown', id, { element: `${row.name} ${attributes[0]}`, thing })
      return []
    })
  }

  /** A number that is not negative, with a decimal point or comma. */
  number(row: Row, otherwise: number, ...attributes: string[]): number {
    const value = attributeOf(row, ...attributes)
    if (value === '') return otherwise
    if (/^\d{1,6}([.,]\d+)?$/.test(value)) return Number(value.replace(',', '.'))
    this.report.fault(row.line, 'number-invalid', value, { element: `${row.name} ${attributes[0]}` })
    return otherwise
  }

  /** Names tables that hold something this reader makes nothing of. */
  nameOthers(known: ReadonlySet<string>): void {
    for (const { name, children, line } of this.root.children)
      if (!known.has(name) && children.length > 0) this.report.unsupported(name, line)
  }
}

/** A name for people. */
export function nameOf(row: Row): string {
  const whole = `${attributeOf(row, 'lastname')} ${attributeOf(row, 'firstname')}`.trim()
  return attributeOf(row, 'name') || whole || attributeOf(row, 'short', 'id')
}
