import type { CellWrite, PutCells, SavedCells } from '#contract/gradebook.ts'
import type {
  HomeworkView,
  LessonRecordView,
  PutAttendance,
  PutHomework,
  PutRecord,
  SavedAttendance,
} from '#contract/lessons.ts'
import type { Problem } from '#contract/problem.ts'
import type { Operation } from '#web/outbox-storage.ts'

/** What the teacher types of the lesson itself. */
export type RecordValue = Pick<PutRecord, 'topic' | 'planItemId' | 'comment'>
export type HomeworkValue = Pick<PutHomework, 'text' | 'minutes'>
/** Attendance of a child: null is «на уроке». */
export type RollValue = { code: string | null }
export type MarkValue = { value: string | null; comment: string | null }
export type AnyValue = RecordValue | HomeworkValue | RollValue | MarkValue

export type Write = { key: string; value: AnyValue; version: number }

export const rollKey = (studentId: string) => `roll ${studentId}`
export const markKey = (workId: string, studentId: string) => `mark ${workId} ${studentId}`

export const recordValue = ({ topic, planItemId, comment }: RecordValue): RecordValue => ({
  topic,
  planItemId,
  comment,
})
export const homeworkValue = ({ text, minutes }: HomeworkValue): HomeworkValue => ({ text, minutes })

export type Place = { lessonId: string; journalId: string }
export type Order = Pick<Operation, 'method' | 'path' | 'body'>

const addresses = ({ lessonId, journalId }: Place) => ({
  record: `/api/lessons/${lessonId}/record`,
  homework: `/api/lessons/${lessonId}/homework`,
  attendance: `/api/lessons/${lessonId}/attendance`,
  cells: `/api/journals/${journalId}/cells`,
})

/** The fewest requests that carry these writes: the roll in one, marks in one. */
export function ordersOf(
  place: Place,
  writes: Write[],
  lateReason: string | null,
): { order: Order; writes: Write[] }[] {
  const paths = addresses(place)
  const late = lateReason === null ? {} : { lateReason }
  const put = (path: string, body: object, some: Write[]) => ({
    order: { method: 'PUT' as const, path, body: { ...body, ...late } },
    writes: some,
  })
  const single = writes.filter(({ key }) => key === 'record' || key === 'homework')
  const roll = writes.filter(({ key }) => key.startsWith('roll '))
  const marks = writes.filter(({ key }) => key.startsWith('mark '))
  const orders = single.map((write) =>
    put(write.key === 'record' ? paths.record : paths.homework, { ...write.value, version: write.version }, [
      write,
    ]),
  )
  const children = roll.map(({ key, value, version }) => ({
    studentId: key.slice('roll '.length),
    ...value,
    version,
  }))
  if (roll.length > 0) orders.push(put(paths.attendance, { children }, roll))
  const cells = marks.map(({ key, value, version }) => {
    const [, workId, studentId] = key.split(' ')
    return { lessonId: place.lessonId, workId, studentId, ...value, version }
  })
  if (marks.length > 0) orders.push(put(paths.cells, { cells }, marks))
  return orders
}

/** What an operation of the outbox says about this lesson; one of another screen may say something too. */
export function writesOf(place: Place, { path, body }: Pick<Operation, 'path' | 'body'>): Write[] {
  const paths = addresses(place)
  if (path === paths.record) {
    const sent = body as PutRecord
    return [{ key: 'record', value: recordValue(sent), version: sent.version }]
  }
  if (path === paths.homework) {
    const sent = body as PutHomework
    return [{ key: 'homework', value: homeworkValue(sent), version: sent.version }]
  }
  if (path === paths.attendance) {
    return (body as PutAttendance).children.map(({ studentId, code, version }) => ({
      key: rollKey(studentId),
      value: { code },
      version,
    }))
  }
  if (path === paths.cells) return cellsHere(place, (body as PutCells).cells)
  return []
}

/** How many lines an operation carries; a text is one. */
export function linesOf({ body }: Pick<Operation, 'body'>): number {
  const { children, cells } = body as Partial<PutAttendance & PutCells>
  return (children ?? cells)?.length ?? 1
}

/** The same operation about fewer lines: the others are saved or on their way in another one. */
export function narrowed(place: Place, operation: Operation, left: readonly Write[]): Operation {
  const keys = new Set(left.map(({ key }) => key))
  const { children, cells } = operation.body as Partial<PutAttendance & PutCells>
  const body = {
    ...(operation.body as object),
    ...(children && { children: children.filter(({ studentId }) => keys.has(rollKey(studentId))) }),
    ...(cells && {
      cells: cells.filter((cell) => cellsHere(place, [cell]).some(({ key }) => keys.has(key))),
    }),
  }
  if (!operation.refused) return { ...operation, body }
  // Numbers of lines mean nothing any more.
  const { cells: _, ...problem } = operation.refused.problem
  return { ...operation, body, refused: { ...operation.refused, problem } }
}

/** What the server holds now according to its answer. */
export function savedBy(place: Place, path: string, answer: unknown): Write[] {
  const paths = addresses(place)
  if (path === paths.record) return [recordWrite(answer as LessonRecordView)]
  if (path === paths.homework) return [homeworkWrite(answer as HomeworkView)]
  if (path === paths.attendance) {
    return (answer as SavedAttendance).attendance.map(({ studentId, code, version }) => ({
      key: rollKey(studentId),
      value: { code },
      version,
    }))
  }
  if (path === paths.cells) return cellsHere(place, (answer as SavedCells).cells)
  return []
}

/** What stands on the server according to a conflict. */
export function standingIn(place: Place, path: string, problem: Problem): Write[] {
  const paths = addresses(place)
  if (problem.currentRecord && path === paths.record)
    return [recordWrite(problem.currentRecord as LessonRecordView)]
  if (problem.currentRecord && path === paths.homework)
    return [homeworkWrite(problem.currentRecord as HomeworkView)]
  return cellsHere(place, problem.current ?? [])
}

/** Cells of this lesson, whether marks or attendance. */
export function cellsHere({ lessonId }: Place, cells: readonly CellWrite[]): Write[] {
  return cells
    .filter((cell) => cell.lessonId === lessonId)
    .map(({ workId, studentId, value, comment = null, version }) =>
      workId
        ? { key: markKey(workId, studentId), value: { value, comment }, version }
        : { key: rollKey(studentId), value: { code: value }, version },
    )
}

const recordWrite = (view: LessonRecordView): Write => ({
  key: 'record',
  value: recordValue(view),
  version: view.version,
})
const homeworkWrite = (view: HomeworkView): Write => ({
  key: 'homework',
  value: homeworkValue(view),
  version: view.version,
})
