import { type FileFault, FileReport } from '../faults.ts'
import { readXml, type XmlElement } from '../xml.ts'
import { Fields } from './fields.ts'
import type { XhsttInstance, XhsttSolution } from './instance.ts'
import { readInstance } from './read-instance.ts'
import { readSolution } from './read-solution.ts'

/** Instances of an archive and the solutions published with them. */
export type XhsttArchive = {
  readonly instances: readonly XhsttInstance[]
  readonly solutions: readonly XhsttSolution[]
}

/** What a file of the High School Timetabling project holds; nothing when there is any fault in it. */
export type XhsttReading = { readonly archive: XhsttArchive | null; readonly faults: readonly FileFault[] }

/** Reads an archive of XHSTT: its instances and its solutions with the costs they report. */
export function readXhstt(text: string, file: string): XhsttReading {
  const xml = readXml(text, file)
  if ('fault' in xml) return { archive: null, faults: [xml.fault] }
  const report = new FileReport(file)
  const archive = readArchive(xml.root, new Fields(report))
  return { archive: report.faults.length === 0 ? archive : null, faults: report.faults }
}

const ROOT = 'HighSchoolTimetableArchive'

function readArchive(root: XmlElement, fields: Fields): XhsttArchive {
  if (root.name !== ROOT) {
    fields.report.fault(root.line, 'other-format', root.name, { element: ROOT })
    return { instances: [], solutions: [] }
  }
  const elements = fields.children(fields.child(root, 'Instances'), 'Instance')
  if (elements.length === 0) fields.report.fault(root.line, 'nothing-to-place')
  const ids = fields.ids('event', elements)
  const readings = elements.map((element) => readInstance(element, fields))
  const groups = fields.children(fields.optional(root, 'SolutionGroups'), 'SolutionGroup')
  const solutions = groups.flatMap((group) =>
    fields.children(group, 'Solution').flatMap((element) => {
      const reading = readings[fields.reference(element, ids) ?? -1]
      return reading ? [readSolution(element, fields.attribute(group, 'Id'), { fields, ...reading })] : []
    }),
  )
  return { instances: readings.map(({ instance }) => instance), solutions }
}
