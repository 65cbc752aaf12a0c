import type { Atom, StudentSet } from '#domain/timetable/problem.ts'
import type { ClassRecord, IntakeData } from '#modules/imports/index.ts'
import type { CourseCard } from './cards.ts'
import { laterName } from './workbook.words.ts'

/** Student sets of the intake and where to find them. */
export type Students = {
  readonly atoms: readonly Atom[]
  readonly sets: readonly StudentSet[]
  /** Sets of a class in its lessons, of the same children after them, and of each subgroup taught on its own. */
  readonly setOf: ReadonlyMap<string, number>
  readonly laterSetOf: ReadonlyMap<string, number>
}

/** Atoms are the classes, divided only by subgroups that are taught apart from each other at different hours. */
export function studentsOf(data: IntakeData, courses: readonly CourseCard[]): Students {
  const apart = new Set(courses.map(({ subgroupKey }) => subgroupKey).filter((key) => key !== null))
  const made = new StudentsMade()
  for (const klass of data.classes) {
    const size = data.students.filter(({ classKey }) => classKey === klass.key).length
    const ways = waysThrough(data, klass, apart)
    const atoms = ways.map((way) => made.atom(atomName(data, klass, way), made.sets.length))
    made.setOf.set(klass.key, made.set(klass.label, size, atoms))
    for (const subgroup of data.subgroups.filter(
      ({ key, classKey }) => apart.has(key) && classKey === klass.key,
    )) {
      const own = atoms.filter((_, index) => ways[index]?.includes(subgroup.key))
      const name = `${klass.label} ${subgroup.name}`
      made.setOf.set(subgroup.key, made.set(name, subgroup.memberKeys.length, own))
    }
    const atom = made.atom(laterName(klass.label), made.sets.length)
    made.laterSetOf.set(klass.key, made.set(laterName(klass.label), size, [atom]))
  }
  return made
}

class StudentsMade implements Students {
  readonly atoms: Atom[] = []
  readonly sets: StudentSet[] = []
  readonly setOf = new Map<string, number>()
  readonly laterSetOf = new Map<string, number>()

  atom(name: string, set: number): number {
    return this.atoms.push({ name, set }) - 1
  }

  set(name: string, size: number, atoms: readonly number[]): number {
    return this.sets.push({ name, size, atoms }) - 1
  }
}

// Children who are in the same of the subgroups that matter go the same way.
function waysThrough(data: IntakeData, { key }: ClassRecord, apart: ReadonlySet<string>): string[][] {
  const subgroups = data.subgroups.filter((one) => one.classKey === key && apart.has(one.key))
  const ways = new Map<string, string[]>()
  for (const student of data.students.filter(({ classKey }) => classKey === key)) {
    const way = subgroups.filter(({ memberKeys }) => memberKeys.includes(student.key)).map((one) => one.key)
    ways.set(way.join('&'), way)
  }
  return ways.size === 0 ? [[]] : [...ways.values()]
}

function atomName(data: IntakeData, { label }: ClassRecord, way: readonly string[]): string {
  const names = way.map((key) => data.subgroups.find((one) => one.key === key)?.name ?? key)
  return [label, ...names].join(' ')
}
