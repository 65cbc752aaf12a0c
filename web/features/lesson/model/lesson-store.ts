import type { SavedCell } from '#contract/gradebook.ts'
import type { LessonPage } from '#contract/lessons.ts'
import type { Voice } from '#web/announce.ts'
import type { Outbox, Outcome, Refused } from '#web/outbox-queue.ts'
import type { Operation } from '#web/outbox-storage.ts'
import { refusalText } from '#web/refusals.ts'
import { refusedPart } from '#web/refused-part.ts'
import {
  accepted,
  changedElsewhere,
  conflicted,
  type Entry,
  fresh,
  givenUp,
  isSame,
  refused,
  seenVersion,
  shown,
  typed,
} from './entry.ts'
import {
  type AnyValue,
  cellsHere,
  type HomeworkValue,
  homeworkValue,
  linesOf,
  type MarkValue,
  markKey,
  narrowed,
  ordersOf,
  type Place,
  type RecordValue,
  type RollValue,
  recordValue,
  rollKey,
  savedBy,
  standingIn,
  type Write,
  writesOf,
} from './wire.ts'

type Sender = Pick<Outbox, 'enqueue' | 'dismiss' | 'amend' | 'state'>
type AnyEntry = Entry<AnyValue>

const nobodyMarked: AnyEntry = fresh<AnyValue>({ code: null }, 0)
const noMark: AnyEntry = fresh<AnyValue>({ value: null, comment: null }, 0)

/**
 * All records of one lesson as this screen knows them: what the server holds, what is on its way, what was refused. It turns intentions into operations of the outbox, and answers into states of fields.
 */
export class LessonStore {
  private readonly place: Place
  private readonly sender: Sender
  private readonly voice: Voice
  private readonly entries = new Map<string, AnyEntry>()
  private readonly listeners = new Set<() => void>()
  private readonly reasonListeners = new Set<() => void>()
  /** Versions that texts being typed are based on: what arrives meanwhile must not be overwritten unseen. */
  private readonly drafts = new Map<string, number>()
  // Said on this screen. What was said before the server knows, and for late entries and corrections apart.
  private lateReason: string | null = null

  constructor(page: LessonPage, sender: Sender, voice: Voice) {
    this.place = { lessonId: page.lesson.id, journalId: page.lesson.journalId }
    this.sender = sender
    this.voice = voice
    this.take(page)
    for (const operation of [...sender.state.get().waiting, ...sender.state.get().refused])
      this.recall(operation)
  }

  record = (): Entry<RecordValue> => this.entry('record') as Entry<RecordValue>
  homework = (): Entry<HomeworkValue> => this.entry('homework') as Entry<HomeworkValue>
  roll = (studentId: string): Entry<RollValue> => this.entry(rollKey(studentId)) as Entry<RollValue>
  mark = (workId: string, studentId: string): Entry<MarkValue> =>
    this.entry(markKey(workId, studentId)) as Entry<MarkValue>

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  onReasonWanted(listener: () => void): () => void {
    this.reasonListeners.add(listener)
    return () => void this.reasonListeners.delete(listener)
  }

  /** From the first key of a text until its field is left, what others save is a quarrel, not news. */
  beginDraft(key: 'record' | 'homework') {
    if (!this.drafts.has(key)) this.drafts.set(key, seenVersion(this.entry(key)))
  }

  endDraft(key: 'record' | 'homework') {
    this.drafts.delete(key)
  }

  putRecord(change: Partial<RecordValue>) {
    this.put([{ key: 'record', value: { ...shown(this.record()), ...change } }])
  }

  putHomework(value: HomeworkValue) {
    // «Не задано» said for the first time is a record although nothing changes.
    this.put([{ key: 'homework', value }], seenVersion(this.homework()) === 0)
  }

  putRoll(lines: { studentId: string; code: string | null }[]) {
    const unsaid = lines.filter(({ studentId }) => seenVersion(this.roll(studentId)) === 0)
    const said = lines.filter((line) => !unsaid.includes(line))
    const keyed = ({ studentId, code }: (typeof lines)[number]) => ({
      key: rollKey(studentId),
      value: { code },
    })
    const changed = said.filter(({ studentId, code }) => shown(this.roll(studentId)).code !== code)
    this.put([...unsaid, ...changed].map(keyed), true)
  }

  putMark(workId: string, studentId: string, value: string | null) {
    const { comment } = shown(this.mark(workId, studentId))
    const kept = value === null ? null : comment
    this.put([{ key: markKey(workId, studentId), value: { value, comment: kept } }])
  }

  /** Ends a quarrel about a field, or gives up or repeats a refused value. */
  decide(key: string, choice: 'mine' | 'theirs') {
    const { trouble } = this.entry(key)
    if (!trouble) return
    this.drafts.delete(key)
    this.change(key, givenUp)
    this.forget(trouble.operationId)
    if (choice === 'mine') this.send([{ key, value: trouble.value }])
  }

  waitsForReason(): boolean {
    return [...this.entries.values()].some(
      ({ trouble }) => trouble?.kind === 'refused' && trouble.problem.refusal === 'late-reason-needed',
    )
  }

  /** Sends again, with the reason, everything that was refused for the lack of one. */
  giveReason(reason: string) {
    this.lateReason = reason
    const again: { key: string; value: AnyValue }[] = []
    const operations = new Set<string>()
    for (const [key, { trouble }] of this.entries) {
      if (trouble?.kind !== 'refused' || trouble.problem.refusal !== 'late-reason-needed') continue
      again.push({ key, value: trouble.value })
      operations.add(trouble.operationId)
      this.change(key, givenUp)
    }
    this.send(again)
    void this.sender.dismiss([...operations])
  }

  /** A fresh page of the lesson: whatever is newer there is taken over. */
  take(page: LessonPage) {
    this.hold({ key: 'record', value: recordValue(page.record), version: page.record.version })
    this.hold({ key: 'homework', value: homeworkValue(page.homework), version: page.homework.version })
    const { lessonId } = this.place
    this.takeLive(page.marks.map((mark) => ({ ...mark, lessonId })))
    this.takeLive(page.attendance.map(({ code, ...place }) => ({ ...place, value: code })))
  }

  /** Cells that other people, or this person elsewhere, have saved. */
  takeLive(cells: SavedCell[]) {
    for (const write of cellsHere(this.place, cells)) this.hold(write)
  }

  /** What became of an operation of the outbox. */
  settle(outcome: Outcome) {
    const { operation } = outcome
    if ('refused' in outcome) return this.settleRefused(operation, outcome.refused)
    const saved = savedBy(this.place, operation.path, outcome.saved)
    for (const { key, ...standing } of saved)
      this.change(key, (entry) => accepted(entry, standing, operation.operationId))
    if (saved.length > 0) this.voice.mention('Сохранено')
  }

  entry(key: string): AnyEntry {
    return this.entries.get(key) ?? (key.startsWith('mark ') ? noMark : nobodyMarked)
  }

  private put(wanted: { key: string; value: AnyValue }[], evenIfSame = false) {
    const changed = wanted.filter(({ key, value }) => evenIfSame || !isSame(value, shown(this.entry(key))))
    if (changed.length > 0) this.send(changed)
  }

  private send(wanted: { key: string; value: AnyValue }[]) {
    const writes = wanted.map(
      ({ key, value }): Write => ({
        key,
        value,
        version: this.drafts.get(key) ?? seenVersion(this.entry(key)),
      }),
    )
    for (const { order, writes: some } of ordersOf(this.place, writes, this.lateReason)) {
      const replaced = some.map(({ key }) => this.entry(key).trouble?.operationId)
      const operationId = this.sender.enqueue(order)
      for (const write of some) this.show(write, operationId)
      for (const before of replaced) if (before) this.forget(before)
    }
  }

  private show({ key, value, version }: Write, operationId: string) {
    this.change(key, (entry) => typed(entry, value, operationId, version))
    if (this.drafts.has(key)) this.drafts.set(key, version + 1)
  }

  private settleRefused(operation: Operation, answer: Refused) {
    const { problem } = answer
    const mine = writesOf(this.place, operation)
    if (mine.length === 0) return
    if (problem.refusal === 'version-conflict') this.settleConflict(operation, mine, problem)
    else this.settlePart(operation, mine, answer)
    this.keepTroubled(operation)
    if (!this.isTroubled(operation.operationId)) return
    if (problem.refusal === 'late-reason-needed') for (const listener of this.reasonListeners) listener()
    else this.voice.announce(refusalText(problem))
  }

  // Lines whose neighbours were refused go on without them, unless something newer has been said there.
  private settlePart(operation: Operation, mine: Write[], answer: Refused) {
    const all = linesOf(operation)
    // Cells of other lessons are their journal's to send.
    const { guilty, again } =
      all === mine.length ? refusedPart(all, answer) : { guilty: [...mine.keys()], again: [] }
    const { operationId } = operation
    const among = (numbers: number[]) => mine.filter((_, n) => numbers.includes(n))
    for (const { key } of among(guilty))
      this.change(key, (entry) => refused(entry, operationId, answer.problem))
    for (const part of again) {
      const own = among(part).filter(({ key }) => this.entry(key).sent?.operationId === operationId)
      for (const { key } of own) this.change(key, givenUp)
      this.send(own)
    }
  }

  private settleConflict(operation: Operation, mine: Write[], problem: Refused['problem']) {
    const standing = new Map(
      standingIn(this.place, operation.path, problem).map(({ key, ...rest }) => [key, rest]),
    )
    const again: { key: string; value: AnyValue }[] = []
    for (const { key, value, version } of mine) {
      const entry = this.entry(key)
      if (entry.sent?.operationId !== operation.operationId) continue
      const theirs = standing.get(key)
      // Either only the neighbours quarrelled, or an earlier value of one's own had been refused: nobody else
      // has touched this field, so it goes once more with the version that is true now.
      if (!theirs || theirs.version <= version) {
        this.drafts.delete(key)
        again.push({ key, value })
      } else this.change(key, (one) => conflicted(one, theirs, operation.operationId))
    }
    for (const { key } of again) this.change(key, givenUp)
    this.send(again)
  }

  /** Values typed before a reload are still on their way, or still refused. */
  private recall(operation: Operation) {
    for (const { key, value, version } of writesOf(this.place, operation)) {
      if (operation.refused && isSame(value, this.entry(key).held)) continue
      this.change(key, (entry) => typed(entry, value, operation.operationId, version))
    }
    if (operation.refused) this.settleRefused(operation, operation.refused)
  }

  private isTroubled(operationId: string): boolean {
    return [...this.entries.values()].some(({ trouble }) => trouble?.operationId === operationId)
  }

  /** What is kept of a refused operation are the lines that wait for a decision; none: it is cleared away. */
  private keepTroubled(operation: Operation) {
    const { operationId } = operation
    const mine = writesOf(this.place, operation)
    const left = mine.filter(({ key }) => this.entry(key).trouble?.operationId === operationId)
    // Cells of other lessons are not this screen's to drop.
    if (mine.length < linesOf(operation)) return
    if (left.length === 0) void this.sender.dismiss([operationId])
    else if (left.length < mine.length) void this.sender.amend(narrowed(this.place, operation, left))
  }

  /** Clears a refused operation away once none of its fields waits for a decision. */
  private forget(operationId: string) {
    if (!this.isTroubled(operationId)) void this.sender.dismiss([operationId])
  }

  private hold({ key, value, version }: Write) {
    const known = this.entries.get(key)
    if (known) this.change(key, (entry) => changedElsewhere(entry, { value, version }))
    else this.entries.set(key, fresh(value, version))
  }

  private change(key: string, next: (entry: AnyEntry) => AnyEntry) {
    const before = this.entry(key)
    const after = next(before)
    if (after === before) return
    this.entries.set(key, after)
    for (const listener of this.listeners) listener()
  }
}
