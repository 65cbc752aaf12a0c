import { journalTitle } from '#domain/text/journal-title.ts'
import { byKey, found, type Keyed, type Kind, type RecordKind, type Source } from './records.ts'

function classRows({ data, idOf, intakeId, known }: Source): Keyed[] {
  const leaders = new Map(data.staff.map(({ key, homeroomClassKey }) => [homeroomClassKey, key]))
  const named = new Set(data.classes.map(({ key }) => key))
  // Of a class in somebody's charge the list of the staff says that and nothing else.
  const led = known.classes.filter(({ key }) => leaders.has(key) && !named.has(key))
  return [...data.classes, ...led].map(({ key, label, grades }) => {
    const leader = leaders.get(key)
    return {
      key,
      row: {
        intake_id: intakeId,
        kind: 'class',
        name: label,
        grade_from: Math.min(...grades),
        grade_to: Math.max(...grades),
        homeroom_teacher_id: leader === undefined ? null : idOf('staff', leader),
      },
    }
  })
}

function subgroupRows({ data, idOf, intakeId, known }: Source): Keyed[] {
  const classes = byKey([...known.classes, ...data.classes])
  return data.subgroups.map(({ key, classKey, division, name }) => {
    const { label, grades } = found(classes, classKey)
    return {
      key,
      row: {
        intake_id: intakeId,
        kind: 'subgroup',
        name: journalTitle(label, name),
        division,
        grade_from: Math.min(...grades),
        grade_to: Math.max(...grades),
        parent_id: idOf('class', classKey),
      },
    }
  })
}

function activityRows({ data, intakeId }: Source): Keyed[] {
  return data.activityGroups.map(({ key, activity, name }) => ({
    key,
    row: { intake_id: intakeId, kind: 'activity', name: journalTitle(activity, name) },
  }))
}

function correctiveRows({ data, intakeId }: Source): Keyed[] {
  return data.correctiveGroups.map(({ key, name }) => ({
    key,
    row: { intake_id: intakeId, kind: 'corrective', name },
  }))
}

type Listed = { kind: Kind; groupKind: string; groupKey: string; memberKeys: string[] }

// From arrival to departure: cells of a child outside its days are closed.
function memberRows({ data, idOf, known }: Source): Keyed[] {
  const students = byKey([...known.students, ...data.students])
  const stated = byKey(data.students)
  const list = (kind: Kind, groupKind: string, groups: { key: string; memberKeys: string[] }[]): Listed[] =>
    groups.map(({ key, memberKeys }) => ({ kind, groupKind, groupKey: key, memberKeys }))
  const seats = new Set(data.students.map(({ classKey }) => classKey))
  const classes = [...seats].map((key) => ({
    key,
    memberKeys: data.students.filter(({ classKey }) => classKey === key).map((student) => student.key),
  }))
  const groups = [
    ...list('class', 'class', classes),
    ...list('subgroup', 'subgroup', data.subgroups),
    ...list('activity-group', 'activity', [...data.activityGroups, ...data.joinedGroups]),
    ...list('corrective-group', 'corrective', data.correctiveGroups),
  ]
  return groups.flatMap(({ kind, groupKind, groupKey, memberKeys }) =>
    memberKeys.map((memberKey) => {
      const { arrivesOn, leavesOn } = found(students, memberKey)
      // Where the list gives no dates, a seat of before keeps the ones it has.
      const said = stated.get(memberKey)?.said
      return {
        otherwise: { starts_on: arrivesOn, ends_on: leavesOn },
        key: `${kind}|${groupKey}|${memberKey}`,
        row: {
          group_id: idOf(kind, groupKey),
          group_kind: groupKind,
          student_id: idOf('student-person', memberKey),
          starts_on: said?.arrival ? arrivesOn : null,
          ends_on: said?.departure ? leavesOn : null,
        },
      }
    }),
  )
}

const SAME_NAME = ['intake_id', 'kind', 'name', 'division']

export const groupKinds: RecordKind[] = [
  { kind: 'class', table: 'study_group', rows: classRows, sameBy: ['intake_id', 'kind', 'name'] },
  { kind: 'subgroup', table: 'study_group', rows: subgroupRows, sameBy: SAME_NAME },
  { kind: 'activity-group', table: 'study_group', rows: activityRows, sameBy: ['intake_id', 'kind', 'name'] },
  {
    kind: 'corrective-group',
    table: 'study_group',
    rows: correctiveRows,
    sameBy: ['intake_id', 'kind', 'name'],
  },
  { kind: 'member', table: 'group_member', rows: memberRows, sameBy: ['group_id', 'student_id'] },
]
