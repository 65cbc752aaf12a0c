import type { CellWrite, PutCells } from '#contract/gradebook.ts'
import type { LessonPage, PutAttendance, PutHomework, PutRecord } from '#contract/lessons.ts'
import type { LostWrite, StandingRecord } from '#domain/backups/lost-entries.ts'
import type { LostOperation } from '#web/lost-operations.ts'

type Order = Pick<LostOperation, 'method' | 'path' | 'body'>

/** A value of one record of a lesson, as it was typed. */
export type LineValue =
  | { kind: 'record'; topic: string | null; planItemId: string | null; comment: string | null }
  | { kind: 'homework'; text: string | null; minutes: number | null }
  | { kind: 'roll'; studentId: string; code: string | null }
  | {
      kind: 'mark'
      studentId: string
      workId: string
      value: string | null
      comment?: string | null | undefined
    }

/** One write of such a value: whose, and why it was late where that was said. */
export type Line = LostWrite<LineValue> & { lessonId: string; lateReason: string | null }

const LESSON = /^\/api\/lessons\/([^/]+)\/(record|homework|attendance)$/
const CELLS = /^\/api\/journals\/[^/]+\/cells$/

const keyOf = (lessonId: string, value: LineValue): string =>
  [lessonId, value.kind, 'studentId' in value && value.studentId, 'workId' in value && value.workId]
    .filter(Boolean)
    .join(' ')

function line(lessonId: string, value: LineValue, version: number, lateReason: string | undefined): Line {
  return { key: keyOf(lessonId, value), lessonId, value, version, lateReason: lateReason ?? null }
}

/** What an operation wrote, record by record; nothing where it is of a kind this page does not know. */
export function linesOf({ path, body }: Order): Line[] {
  if (CELLS.test(path)) {
    const { cells, lateReason } = body as PutCells
    return cells.map((cell) => line(cell.lessonId, cellValue(cell), cell.version, lateReason))
  }
  const [, lessonId, part] = LESSON.exec(path) ?? []
  if (lessonId === undefined) return []
  if (part === 'attendance') {
    const { children, lateReason } = body as PutAttendance
    return children.map(({ studentId, code, version }) =>
      line(lessonId, { kind: 'roll', studentId, code }, version, lateReason),
    )
  }
  if (part === 'record') {
    const { topic, planItemId, comment, version, lateReason } = body as PutRecord
    return [line(lessonId, { kind: 'record', topic, planItemId, comment }, version, lateReason)]
  }
  const { text, minutes, version, lateReason } = body as PutHomework
  return [line(lessonId, { kind: 'homework', text, minutes }, version, lateReason)]
}

const cellValue = ({ studentId, workId, value, comment }: CellWrite): LineValue =>
  workId
    ? { kind: 'mark', studentId, workId, value, ...(comment !== undefined && { comment }) }
    : { kind: 'roll', studentId, code: value }

/** The same operation without these records; null when nothing is left of it. */
export function without(operation: LostOperation, keys: ReadonlySet<string>): LostOperation | null {
  const lines = linesOf(operation)
  const left = lines.map(({ key }) => !keys.has(key))
  if (!left.includes(false)) return operation
  if (!left.includes(true)) return null
  const { cells, children, ...rest } = operation.body as Partial<PutCells & PutAttendance>
  const kept = <One>(all: One[] | undefined) => all?.filter((_, n) => left[n])
  return {
    ...operation,
    body: { ...rest, ...(cells && { cells: kept(cells) }), ...(children && { children: kept(children) }) },
  }
}

/** What the journal holds now in the place of a value. */
export function standingOf(page: LessonPage, value: LineValue): StandingRecord<LineValue> {
  if (value.kind === 'record') {
    const { topic, planItemId, comment, version } = page.record
    return { value: { kind: 'record', topic, planItemId, comment }, version }
  }
  if (value.kind === 'homework') {
    const { text, minutes, version } = page.homework
    return { value: { kind: 'homework', text, minutes }, version }
  }
  const { studentId } = value
  if (value.kind === 'roll') {
    const found = page.attendance.find((one) => one.studentId === studentId)
    return { value: { ...value, code: found?.code ?? null }, version: found?.version ?? 0 }
  }
  const found = page.marks.find((one) => one.studentId === studentId && one.workId === value.workId)
  return {
    value: { ...value, value: found?.value ?? null, comment: found?.comment ?? null },
    version: found?.version ?? 0,
  }
}

/** Whether two values of one record say the same; a comment that was not typed is not compared. */
export function isSame(typed: LineValue, standing: LineValue): boolean {
  if (typed.kind === 'mark' && typed.comment === undefined && standing.kind === 'mark')
    return typed.value === standing.value
  return JSON.stringify(sorted(typed)) === JSON.stringify(sorted(standing))
}

const sorted = (value: LineValue) => Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))

/** The fewest requests that write these values over what their author has just seen. */
export function ordersOf(page: LessonPage, values: readonly LineValue[], lateReason: string | null): Order[] {
  const { id, journalId } = page.lesson
  const late = lateReason === null ? {} : { lateReason }
  const put = (path: string, body: object): Order => ({ method: 'PUT', path, body: { ...body, ...late } })
  const withVersion = (value: LineValue) => {
    const { kind: _, ...bare } = value
    return { ...bare, version: standingOf(page, value).version }
  }
  const of = (kind: LineValue['kind']) => values.filter((value) => value.kind === kind).map(withVersion)
  const [roll, marks] = [of('roll'), of('mark')]
  return [
    ...of('record').map((body) => put(`/api/lessons/${id}/record`, body)),
    ...of('homework').map((body) => put(`/api/lessons/${id}/homework`, body)),
    ...(roll.length > 0 ? [put(`/api/lessons/${id}/attendance`, { children: roll })] : []),
    ...(marks.length > 0
      ? [put(`/api/journals/${journalId}/cells`, { cells: marks.map((mark) => ({ lessonId: id, ...mark })) })]
      : []),
  ]
}
