import type { CurriculumPart, TeachingAssignmentRecord } from '../intake-data.ts'
import { clubSubjectKey } from './centre-records.ts'
import { byKey, found, type Keyed, type RecordKind, type Source } from './records.ts'

function curriculumRows({ data, idOf }: Source): Keyed[] {
  return data.curriculum.map(({ key, classKey, subjectKey, part, hours }) => ({
    key,
    row: {
      group_id: idOf('class', classKey),
      subject_id: idOf('subject', subjectKey),
      part,
      weekly_hours: hours,
    },
  }))
}

function planRows({ data, idOf, intakeId, known }: Source): Keyed[] {
  const subjects = byKey([...known.subjects, ...data.subjects])
  const classes = byKey([...known.classes, ...data.classes])
  return data.lessonPlans.map(({ key, subjectKey, classKey, textbook }) => ({
    key,
    row: {
      intake_id: intakeId,
      subject_id: idOf('subject', subjectKey),
      title: `${found(subjects, subjectKey).name}, ${found(classes, classKey).label}`,
      textbook,
    },
  }))
}

function planItemRows({ data, idOf }: Source): Keyed[] {
  return data.lessonPlans.flatMap(({ key, items }) =>
    items.map(({ number, section, topic, hours, workForm, homework, minutes }) => ({
      key: `${key}|${number}`,
      row: {
        plan_id: idOf('lesson-plan', key),
        position: number,
        section,
        topic,
        hours,
        work_form: workForm,
        homework,
        homework_minutes: minutes,
      },
    })),
  )
}

// Null when neither the load nor the curriculum says it.
function partOf(
  { data, known }: Source,
  { part, classKey, subjectKey }: TeachingAssignmentRecord,
): CurriculumPart | null {
  const lines = [...data.curriculum, ...known.curriculum]
  const line = lines.find((one) => one.classKey === classKey && one.subjectKey === subjectKey)
  return part ?? line?.part ?? null
}

function taughtGroup({ idOf }: Source, one: TeachingAssignmentRecord): string {
  const { correctiveGroupKey, subgroupKey, classKey } = one
  if (correctiveGroupKey !== null) return idOf('corrective-group', correctiveGroupKey)
  if (subgroupKey !== null) return idOf('subgroup', subgroupKey)
  return idOf('class', classKey ?? '')
}

const ofPart = (part: CurriculumPart, grades: number[]) => ({
  kind: part === 'corrective' ? 'corrective' : 'lessons',
  part,
  gradeless: part === 'extracurricular' || part === 'corrective' || Math.max(...grades) === 1,
})

// The first grade is taught without marks, and so are the hours outside lessons and the corrective ones.
function lessonJournals(source: Source): Keyed[] {
  const { data, idOf, intakeId, known } = source
  const classes = byKey([...known.classes, ...data.classes])
  const plans = byKey([...known.lessonPlans, ...data.lessonPlans])
  return data.assignments.map((one) => {
    const { key, subjectKey, classKey, teacherKey, hours } = one
    const part = partOf(source, one)
    const planKey = `${subjectKey}|${classKey}`
    const grades = classes.get(classKey ?? '')?.grades ?? []
    return {
      key,
      otherwise: ofPart('mandatory', grades),
      row: {
        intake_id: intakeId,
        ...(part === null ? {} : ofPart(part, grades)),
        subject_id: idOf('subject', subjectKey),
        group_id: taughtGroup(source, one),
        teacher_id: idOf('staff', teacherKey),
        weekly_hours: hours,
        lesson_plan_id: plans.has(planKey) ? idOf('lesson-plan', planKey) : null,
      },
    }
  })
}

/** A plan that is read alone is that of the journals there are. */
function plannedJournals({ data, idOf, known }: Source): Keyed[] {
  const plans = byKey(data.lessonPlans)
  const read = byKey(data.assignments)
  return known.assignments.flatMap(({ key, subjectKey, classKey }) => {
    const planKey = `${subjectKey}|${classKey}`
    if (read.has(key) || !plans.has(planKey)) return []
    return [{ key, row: { lesson_plan_id: idOf('lesson-plan', planKey) } }]
  })
}

/** Key of the journal of a club's group. */
export const clubJournalKey = (groupKey: string): string => `club|${groupKey}`

function clubJournals({ data, idOf, intakeId }: Source): Keyed[] {
  return data.activityGroups.map(({ key, activity, teacherKey, slots }) => ({
    key: clubJournalKey(key),
    row: {
      intake_id: intakeId,
      kind: 'activity',
      subject_id: idOf('subject', clubSubjectKey(activity)),
      group_id: idOf('activity-group', key),
      teacher_id: idOf('staff', teacherKey),
      part: 'additional',
      weekly_hours: slots.length,
      gradeless: true,
    },
  }))
}

export const teachingKinds: RecordKind[] = [
  {
    kind: 'curriculum-line',
    table: 'curriculum_line',
    rows: curriculumRows,
    sameBy: ['group_id', 'subject_id', 'part'],
  },
  {
    kind: 'lesson-plan',
    table: 'lesson_plan',
    rows: planRows,
    sameBy: ['intake_id', 'subject_id', 'title'],
  },
  {
    kind: 'lesson-plan-item',
    table: 'lesson_plan_item',
    rows: planItemRows,
    sameBy: ['plan_id', 'position'],
  },
  {
    kind: 'journal',
    table: 'teaching_assignment',
    rows: (source) => [...lessonJournals(source), ...plannedJournals(source), ...clubJournals(source)],
    sameBy: ['intake_id', 'subject_id', 'group_id', 'teacher_id', 'part'],
  },
]
