/** A piece of work of a lesson, as it stood. */
export type StoodWork = {
  id: string
  typeId: string
  name: string
  title: string
  weight: number
  removed: boolean
  version: number
}

/** What stood in the journal for one lesson at a moment, or stands now; versions are those of the records. */
export type LessonStand = {
  lessonId: string
  record: {
    topic: string | null
    comment: string | null
    planItemId: string | null
    version: number
  } | null
  homework: { text: string | null; minutes: number | null; version: number } | null
  attendance: { studentId: string; code: string | null; version: number }[]
  marks: {
    studentId: string
    workId: string
    value: string | null
    comment: string | null
    version: number
  }[]
  works: StoodWork[]
}

export const COMPARED_PARTS = ['topic', 'homework', 'attendance', 'mark'] as const
export type ComparedPart = (typeof COMPARED_PARTS)[number]

/** How now differs from then: the same, another value, nothing any more, or something where nothing stood. */
export const DIFFERENCES = ['same', 'changed', 'gone', 'came'] as const
export type Difference = (typeof DIFFERENCES)[number]

/** A value as it stands: of attendance «здесь» is null, of homework «не задано»; `more` is a comment or minutes. */
export type StoodValue = { value: string | null; more: string | null }

/** One place of a lesson then and now; a side is null where nothing stood. `version` is that of now, 0 for never. */
export type ComparedLine = {
  part: ComparedPart
  studentId: string | null
  workId: string | null
  before: StoodValue | null
  now: StoodValue | null
  version: number
  difference: Difference
}

type Side = { value: StoodValue | null; version: number }
const NOTHING: Side = { value: null, version: 0 }

/**
 * The places of a lesson where something stood then or stands now, for these children: topic and homework first, then
 * child by child. A mark or a topic taken back counts as nothing.
 */
export function thenAndNow(
  then: LessonStand | null,
  now: LessonStand,
  studentIds: readonly string[],
): ComparedLine[] {
  const works = new Map([...(then?.works ?? []), ...now.works].map((work) => [work.id, work]))
  const places: Omit<ComparedLine, 'before' | 'now' | 'version' | 'difference'>[] = [
    { part: 'topic', studentId: null, workId: null },
    { part: 'homework', studentId: null, workId: null },
    ...studentIds.flatMap((studentId) => [
      { part: 'attendance' as const, studentId, workId: null },
      ...[...works.keys()].map((workId) => ({ part: 'mark' as const, studentId, workId })),
    ]),
  ]
  return places.flatMap((place) => {
    const before = then ? sideOf(then, place).value : null
    const { value, version } = sideOf(now, place)
    if (before === null && value === null) return []
    return [{ ...place, before, now: value, version, difference: differenceOf(before, value) }]
  })
}

/** Whether what stood then can be taken back: it stood, and does not stand so now. */
export const isTakeable = ({ difference }: Pick<ComparedLine, 'difference'>): boolean =>
  difference === 'changed' || difference === 'gone'

function differenceOf(then: StoodValue | null, now: StoodValue | null): Difference {
  if (then === null) return 'came'
  if (now === null) return 'gone'
  return then.value === now.value && then.more === now.more ? 'same' : 'changed'
}

type PlaceOf = Pick<ComparedLine, 'studentId' | 'workId'>

const SIDES: Record<ComparedPart, (stand: LessonStand, place: PlaceOf) => Side> = {
  topic: ({ record }) => (record ? { value: topicOf(record), version: record.version } : NOTHING),
  homework: ({ homework }) => {
    if (!homework) return NOTHING
    const { text: value, minutes, version } = homework
    return { value: { value, more: minutes === null ? null : String(minutes) }, version }
  },
  attendance: ({ attendance }, { studentId }) => {
    const found = attendance.find((one) => one.studentId === studentId)
    return found ? { value: { value: found.code, more: null }, version: found.version } : NOTHING
  },
  mark: ({ marks, works }, { studentId, workId }) => {
    const found = marks.find((one) => one.studentId === studentId && one.workId === workId)
    if (!found) return NOTHING
    // A column that was removed took its marks from the page.
    const stands = found.value !== null && works.some(({ id, removed }) => id === workId && !removed)
    return { value: stands ? { value: found.value, more: found.comment } : null, version: found.version }
  },
}

const sideOf = (stand: LessonStand, place: PlaceOf & Pick<ComparedLine, 'part'>): Side =>
  SIDES[place.part](stand, place)

const topicOf = ({ topic, comment }: NonNullable<LessonStand['record']>): StoodValue | null =>
  topic === null && comment === null ? null : { value: topic, more: comment }
