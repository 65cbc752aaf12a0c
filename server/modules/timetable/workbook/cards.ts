import type {
  CurriculumPart,
  IntakeData,
  SubgroupRecord,
  TeachingAssignmentRecord,
} from '#modules/imports/index.ts'

/**
 * Hours of one subject in a class that are composed alike: of the whole class, of one subgroup, or of several
 * subgroups at the same time. Each hour a week is a card.
 */
export type CourseCard = {
  readonly classKey: string
  readonly subjectKey: string
  /** One for each teacher who is busy at once. */
  readonly assignments: readonly TeachingAssignmentRecord[]
  /** Null for the whole class and for all its subgroups at once. */
  readonly subgroupKey: string | null
  readonly part: CurriculumPart
  readonly hours: number
}

/**
 * What the load of classes asks to be composed. Subgroups of one division go in parallel when all of them have the
 * subject for as many hours and with different teachers; else each on its own.
 */
export function coursesOf(data: IntakeData): CourseCard[] {
  const ofClass = new Map<string, TeachingAssignmentRecord[]>()
  for (const assignment of data.assignments) {
    if (assignment.classKey === null) continue
    const key = `${assignment.classKey}|${assignment.subjectKey}`
    ofClass.set(key, [...(ofClass.get(key) ?? []), assignment])
  }
  return [...ofClass.values()].flatMap((assignments) => {
    const whole = assignments.filter(({ subgroupKey }) => subgroupKey === null)
    const parted = assignments.filter(({ subgroupKey }) => subgroupKey !== null)
    const together = inParallel(parted, data.subgroups) ? [parted] : parted.map((one) => [one])
    return [...whole.map((one) => [one]), ...together].map((list) => courseOf(list, data))
  })
}

function inParallel(
  parted: readonly TeachingAssignmentRecord[],
  subgroups: readonly SubgroupRecord[],
): boolean {
  const [first] = parted
  const division = subgroups.find(({ key }) => key === first?.subgroupKey)
  if (first === undefined || division === undefined || parted.length < 2) return false
  const all = subgroups.filter(
    (one) => one.classKey === division.classKey && one.division === division.division,
  )
  return (
    new Set(parted.map(({ teacherKey }) => teacherKey)).size === parted.length &&
    parted.every(({ hours }) => hours === first.hours) &&
    all.every(({ key }) => parted.some(({ subgroupKey }) => subgroupKey === key)) &&
    parted.length === all.length
  )
}

function courseOf(assignments: TeachingAssignmentRecord[], data: IntakeData): CourseCard {
  const [first] = assignments
  if (first?.classKey == null) throw new RangeError('a course of no class')
  const { classKey, subjectKey, hours } = first
  const line = data.curriculum.find((one) => one.classKey === classKey && one.subjectKey === subjectKey)
  return {
    classKey,
    subjectKey,
    assignments,
    subgroupKey: assignments.length === 1 ? first.subgroupKey : null,
    part: first.part ?? line?.part ?? 'mandatory',
    hours: Math.ceil(hours),
  }
}
