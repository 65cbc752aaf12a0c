import type { Atom, StudentSet } from '#domain/timetable/problem.ts'
import type { FileReport } from '../faults.ts'
import { childOf, childrenOf, textOf, type XmlElement } from '../xml.ts'
import { type Names, readNumber } from './names.ts'

/** Years, groups and subgroups as student sets, in the order of the file, over atoms. */
export type FetStudents = {
  readonly sets: readonly StudentSet[]
  readonly names: Names
  readonly atoms: readonly Atom[]
}

type Met = { name: string; level: string; size: number; parts: Set<string> }

const BELOW: Record<string, string | undefined> = { Year: 'Group', Group: 'Subgroup' }

/** Reads the students; what has no parts of its own is an atom. */
export function readStudents(root: XmlElement, report: FileReport): FetStudents {
  const met = new Map<string, Met>()
  const list = childOf(root, 'Students_List')
  if (list) readLevel(list, 'Year', met, report)
  const atoms: Atom[] = []
  const index = new Map([...met.keys()].map((name, at) => [name, at]))
  const atomOf = new Map<string, number>()
  for (const { name, parts } of met.values()) {
    if (parts.size > 0) continue
    atomOf.set(name, atoms.length)
    atoms.push({ name, set: index.get(name) ?? 0 })
  }
  const sets = [...met.values()].map(({ name, size }) => ({ name, size, atoms: leaves(name, met, atomOf) }))
  return { sets, names: { thing: 'students', list: [...index.keys()], index }, atoms }
}

/** The names of one level within one parent; groups and subgroups may belong to several parents. */
function readLevel(
  parent: XmlElement,
  level: string | undefined,
  met: Map<string, Met>,
  report: FileReport,
): string[] {
  if (level === undefined) return []
  const here = new Set<string>()
  for (const element of childrenOf(parent, level)) {
    const name = textOf(element, 'Name') ?? ''
    if (name.trim() === '') report.fault(element.line, 'value-missing', null, { element: level })
    else if (here.has(name)) report.fault(element.line, 'name-repeated', name, { thing: 'students' })
    here.add(name)
    const set = meet(element, { name, level }, met, report)
    for (const part of readLevel(element, BELOW[level], met, report)) set.parts.add(part)
  }
  return [...here]
}

function meet(
  element: XmlElement,
  { name, level }: { name: string; level: string },
  met: Map<string, Met>,
  report: FileReport,
): Met {
  const size = readNumber(element, 'Number_of_Students', { least: 0, most: 1e6, otherwise: 0 }, report)
  const before = met.get(name)
  if (before && before.level !== level)
    report.fault(element.line, 'name-repeated', name, { thing: 'students' })
  const set = before ?? { name, level, size: size ?? 0, parts: new Set<string>() }
  met.set(name, set)
  return set
}

function leaves(name: string, met: Map<string, Met>, atomOf: Map<string, number>): number[] {
  const found = new Set<number>()
  const walk = (one: string, depth: number) => {
    const atom = atomOf.get(one)
    if (atom !== undefined) found.add(atom)
    // A name at two levels is a fault already; the depth keeps it from turning in a circle.
    else if (depth < 3) for (const part of met.get(one)?.parts ?? []) walk(part, depth + 1)
  }
  walk(name, 0)
  return [...found].sort((a, b) => a - b)
}
