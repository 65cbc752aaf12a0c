import { counted, firstAndLast } from '#web/formats.ts'
import { createStore, type Store } from '#web/store.ts'
import { closedWords, columnWords } from './model/cell-words.ts'
import { type Edit, type PasteFault, planPaste, readTable, writeTable } from './model/clipboard.ts'
import {
  type Address,
  attendanceAddress,
  closedReason,
  markAddress,
  type Position,
} from './model/grid-model.ts'
import type { GridView } from './model/grid-view.ts'
import { positionsIn } from './model/selection.ts'
import { type Entry, entriesOf, readTyped } from './model/typed-entry.ts'

// Long enough to type «ув» without haste, short enough that «у» is not mixed up with the next child's mark.
const SAME_ENTRY_MS = 900
const FAULTS_NAMED = 5

type Says = (sentence: string) => void

/** What a teacher does in the grid, whatever the hand is on: keys, buttons or the clipboard. */
export class GridActions {
  readonly view: GridView
  readonly entries: Entry[]
  /** Why the last thing typed or pasted did nothing; gone at the next move. */
  readonly hint: Store<string | null>
  private readonly say: Says
  private typing: { text: string; at: number; position: Position } | null = null

  constructor(view: GridView, say: Says, hint: Store<string | null> = createStore<string | null>(null)) {
    this.hint = hint
    this.view = view
    this.say = say
    this.entries = entriesOf(view.model.gradebook.scale, view.model.gradebook.codes)
  }

  type(character: string, now: number) {
    const { typing } = this
    const same = typing && typing.position === this.view.active && now - typing.at < SAME_ENTRY_MS
    const longer = same ? readTyped(typing.text + character, this.entries) : null
    const text = same && longer && (longer.entry || longer.open) ? typing.text + character : character
    const { entry, open } = readTyped(text, this.entries)
    this.typing = open ? { text, at: now, position: this.view.active } : null
    if (entry) this.put(entry)
    else if (!open) this.complain(`«${character}» здесь не ставят. ${this.allowed()}`)
  }

  /** Puts a mark or an attendance code into a cell, the active one when none is named. */
  put(entry: Entry, position: Position = this.view.active) {
    const { model } = this.view
    const closed = closedReason(model, position)
    if (closed) return this.complain(`Клетка закрыта. ${closedWords[closed]}`)
    const address = this.addressOf(entry.kind, position)
    if (!address) return this.complain('В этом журнале отметки не ставят: только посещаемость и темы.')
    this.hint.set(null)
    this.view.store.write([{ ...address, value: entry.value }])
    if (entry.kind === 'attendance' && !model.columns[position.column]?.first) {
      this.say('Посещаемость записана в первую колонку урока')
    }
  }

  clear() {
    const edits = positionsIn(this.view.selection()).flatMap((position) => this.emptied(position))
    this.view.store.write(edits)
  }

  /** Empties one record of a cell and leaves the other. */
  takeAway(kind: Entry['kind'], position: Position = this.view.active) {
    const address = this.addressOf(kind, position)
    if (address && !closedReason(this.view.model, position))
      this.view.store.write([{ ...address, value: null }])
  }

  /** Ends a quarrel about the active cell, or gives up or repeats what was refused there. */
  decide(kind: Entry['kind'], choice: 'mine' | 'theirs') {
    const address = this.addressOf(kind, this.view.active)
    if (address) this.view.store.decide(address, choice)
  }

  writeComment(comment: string | null) {
    const address = this.addressOf('mark', this.view.active)
    const { mark } = this.view.activeCell()
    if (address && mark !== null) this.view.store.write([{ ...address, value: mark, comment }])
  }

  undo() {
    if (!this.view.store.undo()) this.complain('Отменять больше нечего.')
  }

  redo() {
    if (!this.view.store.redo()) this.complain('Возвращать больше нечего.')
  }

  copy(): string {
    this.say('Скопировано')
    return writeTable(this.view.selection(), (position) => {
      const { mark, attendance } = this.view.cell(position)
      return [mark, attendance].filter(Boolean).join(' ')
    })
  }

  /** Pastes all of it or, when something does not fit, nothing. */
  paste(text: string) {
    const { view } = this
    const plan = planPaste(view.model, this.entries, view.selection(), readTable(text))
    if (plan.faults.length > 0) return this.complain(`Ничего не вставлено. ${this.faultWords(plan.faults)}`)
    if (plan.edits.length === 0) return this.complain('Вставлять нечего: скопированные клетки пусты.')
    this.hint.set(null)
    view.store.write(plan.edits)
    view.select(plan.block)
    this.say(`Вставлено: ${counted(plan.edits.length, 'значение', 'значения', 'значений')}`)
  }

  complain(sentence: string) {
    this.hint.set(sentence)
    this.say(sentence)
  }

  allowed(): string {
    const values = this.entries.map(({ value }) => value)
    return `Можно: ${values.join(', ')}.`
  }

  private addressOf(kind: Entry['kind'], position: Position): Address | null {
    return (kind === 'mark' ? markAddress : attendanceAddress)(this.view.model, position)
  }

  private emptied(position: Position): Edit[] {
    const { model } = this.view
    if (closedReason(model, position)) return []
    const mark = markAddress(model, position)
    const attendance = model.columns[position.column]?.first ? attendanceAddress(model, position) : null
    return [mark, attendance]
      .filter((address) => address !== null)
      .map((address) => ({ ...address, value: null }))
  }

  private faultWords(faults: PasteFault[]): string {
    const named = faults.slice(0, FAULTS_NAMED).map((fault) => this.faultSentence(fault))
    const rest = faults.length - named.length
    return [...named, rest > 0 ? `И ещё ${rest}.` : ''].join(' ').trim()
  }

  private faultSentence({ position, text, why }: PasteFault): string {
    const { model } = this.view
    const name = firstAndLast(model.students[position.row]?.name ?? '')
    const where = [name, columnWords(model, position.column)].filter(Boolean).join(', ')
    const reasons: Record<PasteFault['why'], string> = {
      'unknown-value': `«${text.trim()}» — такого значения нет (${where}).`,
      closed: `${where}: клетка закрыта.`,
      outside: 'Скопированное не помещается в таблицу.',
      'no-work': `${where}: отметок здесь не ставят.`,
    }
    return reasons[why]
  }
}
