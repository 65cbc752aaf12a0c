import type { CellWrite } from '#contract/gradebook.ts'
import type { TakeBack, TakenBack } from '#contract/moments.ts'
import type { LessonStand } from '#domain/backups/then-and-now.ts'
import { enterCells } from '#modules/gradebook/index.ts'
import { putHomework, putRecord, putWork } from '#modules/lessons/index.ts'
import { orRefer } from '#modules/referrals/index.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { stoodThen } from './compare.ts'
import { noteTakenBack, type Place, readPlaces } from './places.sql.ts'
import { standsNow } from './stand.sql.ts'

type Of<Kind extends TakeBack['kind']> = Extract<TakeBack, { kind: Kind }>

/**
 * Writes what stood at the moment again, by the same use cases and rules as its teacher would by hand, so it is an
 * entry like any other: a correction, late, or one that waits for a decision where the lesson is closed. Refused with
 * `version-conflict` when a record has changed since it was compared, and where nothing stood then.
 */
export async function takeBack(call: Call, sent: TakeBack): Promise<TakenBack> {
  const lessonIds = lessonsOf(sent)
  const places = new Map((await readPlaces(call, lessonIds)).map((place) => [place.lesson.id, place]))
  for (const id of lessonIds) if (!places.get(id)?.teaches) throw new NotFound()
  const stood = await stoodThen(call, sent.at, lessonIds)
  const saved = await write(call, sent, { stood, places })
  const lessons = lessonIds.map((lessonId) => ({ id: newId(call.now.getTime()), lessonId }))
  await noteTakenBack(call, sent, lessons)
  return { outcome: 'referred' in saved ? 'referred' : 'written' }
}

/** The lessons it is about, each once. */
export const lessonsOf = (sent: TakeBack): string[] =>
  sent.kind === 'cells' ? [...new Set(sent.cells.map(({ lessonId }) => lessonId))] : [sent.lessonId]

type Known = { stood: ReadonlyMap<string, LessonStand>; places: ReadonlyMap<string, Place> }

function write(call: Call, sent: TakeBack, known: Known): Promise<object> {
  switch (sent.kind) {
    case 'record':
      return writeRecord(call, sent, known)
    case 'homework':
      return writeHomework(call, sent, known)
    case 'cells':
      return writeCells(call, sent, known)
  }
}

function writeRecord(call: Call, { lessonId, version, reason }: Of<'record'>, { stood, places }: Known) {
  const record = stood.get(lessonId)?.record
  if (!record || (record.topic === null && record.comment === null)) throw nothing()
  const { topic, comment } = record
  // The plan may be another by now.
  const inPlan = record.planItemId !== null && places.get(lessonId)?.planItems.includes(record.planItemId)
  const planItemId = inPlan ? record.planItemId : null
  const body = { topic, comment, planItemId, version, lateReason: reason }
  return orRefer(call, { kind: 'record', lessonId, body }, () => putRecord(call, lessonId, body))
}

function writeHomework(call: Call, { lessonId, version, reason }: Of<'homework'>, { stood }: Known) {
  const homework = stood.get(lessonId)?.homework
  if (!homework) throw nothing()
  const { text, minutes } = homework
  const body = { text, minutes, version, lateReason: reason }
  return orRefer(call, { kind: 'homework', lessonId, body }, () => putHomework(call, lessonId, body))
}

async function writeCells(call: Call, { journalId, cells, reason }: Of<'cells'>, { stood }: Known) {
  const lateReason = reason
  const written = cells.map((cell) => ({ ...cell, ...stoodIn(stood.get(cell.lessonId), cell) }))
  await bringColumnsBack(call, written, stood, reason)
  const body = { cells: written, lateReason }
  const [first] = cells
  return orRefer(call, { kind: 'cells', lessonId: first?.lessonId ?? '', body }, () =>
    enterCells(call, journalId, body),
  )
}

type Cell = Of<'cells'>['cells'][number]

function stoodIn(then: LessonStand | undefined, { studentId, workId }: Cell) {
  if (workId === undefined) {
    const stood = then?.attendance.find((one) => one.studentId === studentId)
    if (!stood) throw nothing()
    return { value: stood.code }
  }
  const stood = then?.marks.find((one) => one.studentId === studentId && one.workId === workId)
  const column = then?.works.find(({ id }) => id === workId)
  if (!stood || stood.value === null || !column || column.removed) throw nothing()
  return { value: stood.value, comment: stood.comment }
}

/** Marks of a column that was removed since come back with it. */
async function bringColumnsBack(
  call: Call,
  cells: readonly CellWrite[],
  stood: ReadonlyMap<string, LessonStand>,
  lateReason: string,
): Promise<void> {
  const wanted = new Set(cells.flatMap(({ workId }) => workId ?? []))
  for (const { lessonId, works } of await standsNow(call, [...stood.keys()]))
    for (const { id, version, removed } of works) {
      const column = stood.get(lessonId)?.works.find((work) => work.id === id)
      if (!removed || !column || !wanted.has(id)) continue
      const { typeId, title, weight } = column
      const body = { typeId, title, weight, removed: false, version, lateReason }
      await putWork(call, { lessonId, workId: id }, body)
    }
}

const nothing = () => new Refused('nothing-stood')
