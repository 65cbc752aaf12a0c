import { type Constraint, HARD, type People, type Weight } from '#domain/timetable/constraint.ts'
import type { Activity, TimetableProblem } from '#domain/timetable/problem.ts'
import type { FileReport } from '../faults.ts'
import { childOf, childrenOf, type XmlElement } from '../xml.ts'
import type { FetActivities } from './activities.ts'
import { type Names, type NumberBounds, readFlag, readNumber } from './names.ts'

/** Everything constraints of a file refer to. */
export type FetScope = {
  readonly report: FileReport
  readonly problem: Omit<TimetableProblem, 'constraints'>
  readonly activities: FetActivities
  readonly days: Names
  readonly periods: Names
  readonly teachers: Names
  readonly students: Names
  readonly subjects: Names
  readonly tags: Names
  readonly rooms: Names
}

/** A constraint of ours before its weight and source are known. */
export type Bare = Constraint extends infer Each
  ? Each extends Constraint
    ? Omit<Each, 'weight' | 'source'>
    : never
  : never

/** One `<Constraint…>` of a file, read with what it refers to; whatever is wrong becomes a fault. */
export class FetConstraint {
  readonly type: string
  readonly line: number
  readonly scope: FetScope
  readonly element: XmlElement

  constructor(scope: FetScope, element: XmlElement) {
    this.scope = scope
    this.element = element
    this.type = element.name.replace(/^Constraint/, '')
    this.line = element.line
  }

  /** FET's percentage: 100 is never broken. */
  get weight(): Weight {
    const bounds = { least: 0, most: 100, otherwise: 100, fractions: true }
    const weight = readNumber(this.element, 'Weight_Percentage', bounds, this.scope.report) ?? 100
    return weight >= 100 ? HARD : weight / 100
  }

  get source(): string {
    return `${this.scope.report.file}:${this.line} ${this.type}`
  }

  number(name: string, bounds: NumberBounds = { least: 0, most: 1000 }): number {
    return readNumber(this.element, name, bounds, this.scope.report) ?? bounds.least
  }

  flag(name: string, otherwise: boolean): boolean {
    return readFlag(this.element, name, otherwise, this.scope.report)
  }

  /** The index of what the first of these elements names; null when none does or it is unknown. */
  named(names: Names, ...elements: string[]): number | null {
    const element = elements.map((name) => childOf(this.element, name)).find((found) => found !== undefined)
    if (element && element.text !== '') return this.indexOf(names, element)
    this.scope.report.fault(this.line, 'element-missing', elements[0] ?? '', { element: this.element.name })
    return null
  }

  /** As `named`, but naming nothing is allowed: undefined then. */
  perhaps(names: Names, ...elements: string[]): number | null | undefined {
    const element = elements.map((name) => childOf(this.element, name)).find((found) => found?.text)
    return element ? this.indexOf(names, element) : undefined
  }

  private indexOf(names: Names, element: XmlElement): number | null {
    const index = names.index.get(element.text)
    if (index !== undefined) return index
    this.scope.report.fault(element.line, 'name-unknown', element.text, {
      thing: names.thing,
      element: element.name,
    })
    return null
  }

  /** An activity by its number; null when it is inactive or unknown, the latter a fault. */
  activity(name = 'Activity_Id'): number | null {
    const element = childOf(this.element, name)
    if (element) return this.activityOf(element)
    this.scope.report.fault(this.line, 'element-missing', name, { element: this.element.name })
    return null
  }

  /** The active ones of the listed activities, each once. */
  activityList(): number[] {
    const found = childrenOf(this.element, 'Activity_Id').flatMap((element) => this.activityOf(element) ?? [])
    return [...new Set(found)]
  }

  private activityOf({ text, line, name }: XmlElement): number | null {
    const id = text.trim()
    const index = this.scope.activities.index.get(id)
    if (index === undefined && !this.scope.activities.inactive.has(id))
      this.scope.report.fault(line, 'name-unknown', id, { thing: 'activity', element: name })
    return index ?? null
  }

  /** Active activities of the teacher, students (all that share somebody with them), subject, tag and length asked for. */
  matching(): number[] {
    const { teachers, students, subjects, tags, problem } = this.scope
    const teacher = this.perhaps(teachers, 'Teacher_Name', 'Teacher')
    const set = this.perhaps(students, 'Students_Name', 'Students')
    const subject = this.perhaps(subjects, 'Subject_Name', 'Subject')
    const tag = this.perhaps(tags, 'Activity_Tag_Name', 'Activity_Tag')
    const length = this.number('Duration', { least: 0, most: 1000, otherwise: 0 })
    if ([teacher, set, subject, tag].includes(null)) return []
    const atoms = new Set(typeof set === 'number' ? problem.studentSets[set]?.atoms : [])
    const shares = ({ students: sets }: Activity) =>
      sets.some((each) => problem.studentSets[each]?.atoms.some((atom) => atoms.has(atom)))
    return problem.activities.flatMap((activity, index) => {
      const fits =
        (typeof teacher !== 'number' || activity.teachers.includes(teacher)) &&
        (set === undefined || shares(activity)) &&
        (subject === undefined || activity.subject === subject) &&
        (typeof tag !== 'number' || activity.tags.includes(tag)) &&
        (length === 0 || activity.length === length)
      return fits ? index : []
    })
  }

  /** Activities with the tag that one of the elements names. */
  tagged(elements = ['Activity_Tag_Name', 'Activity_Tag']): number[] {
    const tag = this.named(this.scope.tags, ...elements)
    if (tag === null) return []
    return this.scope.problem.activities.flatMap(({ tags }, index) => (tags.includes(tag) ? index : []))
  }

  /** Slots listed in elements of one of the names, each with a day and an hour. */
  slots(...elements: string[]): number[] {
    const found = this.element.children.flatMap((child) => {
      if (!elements.includes(child.name)) return []
      const of = (kind: string, names: Names) => {
        const element = child.children.find(({ name }) => name.endsWith(kind))
        if (element) return this.indexOf(names, element)
        this.scope.report.fault(child.line, 'element-missing', kind, { element: child.name })
        return null
      }
      const day = of('Day', this.scope.days)
      const period = of('Hour', this.scope.periods)
      return day === null || period === null ? [] : this.slot(day, period)
    })
    return [...new Set(found)].sort((a, b) => a - b)
  }

  slot(day: number, period: number): number {
    return day * this.scope.problem.periods.length + period
  }

  /** The one room or the listed ones. */
  roomList(): number[] {
    const { rooms } = this.scope
    if (childOf(this.element, 'Room')) return [this.named(rooms, 'Room') ?? []].flat()
    return childrenOf(this.element, 'Preferred_Room').flatMap((child) => this.indexOf(rooms, child) ?? [])
  }

  /** The teacher asked for, as people. */
  teacher(): People {
    const teacher = this.named(this.scope.teachers, 'Teacher_Name', 'Teacher')
    return { teachers: teacher === null ? [] : [teacher], atoms: [] }
  }

  /** The students asked for, as people. */
  studentSet(): People {
    const set = this.named(this.scope.students, 'Students', 'Students_Name', 'Students_Set')
    return { teachers: [], atoms: set === null ? [] : (this.scope.problem.studentSets[set]?.atoms ?? []) }
  }

  /** All teachers, or all students. */
  everybody(who: 'teachers' | 'students'): People {
    const { teachers, atoms } = this.scope.problem
    return who === 'teachers'
      ? { teachers: teachers.map((_, index) => index), atoms: [] }
      : { teachers: [], atoms: atoms.map((_, index) => index) }
  }
}
