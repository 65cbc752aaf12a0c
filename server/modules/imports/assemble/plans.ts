import type { CurriculumLineRecord, LessonPlanRecord } from '../intake-data.ts'
import type { LessonPlanRow } from '../readers/lesson-plan.ts'
import type { Mention } from '../sheet/cells.ts'
import type { Registry } from './registry.ts'
import { findClass, findStaff, findSubject, saidAt } from './registry.ts'

/** Lesson plans; the hours a week in the title must be those of the curriculum. */
export function assemblePlans(
  rows: LessonPlanRow[],
  curriculum: CurriculumLineRecord[],
  registry: Registry,
): LessonPlanRecord[] {
  const plans = new Map<string, LessonPlanRecord>()
  const hoursOf = new Map(
    curriculum.map(({ classKey, subjectKey, hours }) => [`${subjectKey}|${classKey}`, hours]),
  )
  for (const { subject, classUnit, teachers, hoursPerWeek, textbook, items } of rows) {
    const subjectKey = findSubject(registry, subject)
    const classKey = findClass(registry, classUnit)
    const teacherKeys = teachers.map((teacher) => findStaff(registry, teacher)).filter((key) => key !== null)
    if (subjectKey === null || classKey === null) continue
    const key = `${subjectKey}|${classKey}`
    const planned = hoursOf.get(key)
    if (planned !== undefined && planned !== hoursPerWeek) {
      registry.report(subject.at, 'hours-differ', hoursPerWeek, { expected: String(planned) })
    }
    if (isFirst(key, subject, registry))
      plans.set(key, { key, subjectKey, classKey, teacherKeys, hoursPerWeek, textbook, items })
  }
  return [...plans.values()]
}

function isFirst(key: string, { text, at }: Mention, { places, report }: Registry): boolean {
  const before = places.get(`plan|${key}`)
  if (before === undefined) places.set(`plan|${key}`, at)
  else report(at, 'row-duplicated', text, saidAt(before, at))
  return before === undefined
}
