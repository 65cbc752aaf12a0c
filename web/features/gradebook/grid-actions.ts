import { createStore, type Store } from '#web/store.ts'
import { closedWords } from './model/cell-words.ts'
import { type Edit, planPaste, writeTable } from './model/clipboard.ts'
import {
  type Address,
  attendanceAddress,
  closedReason,
  type GridModel,
  markAddress,
  type Position,
} from './model/grid-model.ts'
import type { GridView } from './model/grid-view.ts'
import { type Missed, missedWords, pastedWords } from './model/paste-words.ts'
import { positionsIn } from './model/selection.ts'
import { type Entry, entriesOf, readTyped } from './model/typed-entry.ts'

// Long enough to type «ув» without haste, short enough that «у» is not mixed up with the next child's mark.
const SAME_ENTRY_MS = 900
const FAULTS_SAID = 5

type Says = (sentence: string) => void

/** What a teacher does in the grid, whatever the hand is on: keys, buttons or the clipboard. */
export class GridActions {
  readonly view: GridView
  readonly entries: Entry[]
  /** Why the last thing typed or pasted did nothing; gone at the next move. */
  readonly hint: Store<string | null>
  /** What of the last pasted block was not taken; stays until it is read. */
  readonly missed: Store<Missed | null>
  private readonly say: Says
  private typing: { text: string; at: number; position: Position } | null = null

  constructor(view: GridView, say: Says, before: GridActions | null = null) {
    this.hint = (view.stayed && before?.hint) || createStore<string | null>(null)
    this.missed = createStore(before && missedIn(view.model, before))
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

  /** Sends again every value of this journal that was refused and may be sent again. */
  repeatAll() {
    this.view.store.repeatRefused()
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

  /** Pastes every cell that is one value of an open cell, and names the others. */
  paste(table: string[][]) {
    const { view } = this
    const plan = planPaste(view.model, view.selection(), table)
    const missed = missedWords(view.model, plan)
    this.missed.set(missed)
    if (plan.edits.length === 0 && !missed)
      return this.complain('Вставлять нечего: скопированные клетки пусты.')
    this.hint.set(null)
    view.store.write(plan.edits)
    if (plan.edits.length > 0) view.select(plan.block)
    this.say(missed ? spokenMissed(missed) : pastedWords(plan.edits.length))
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
}

function spokenMissed({ title, lines }: Missed): string {
  const more = lines.length > FAULTS_SAID ? ['остальные — под таблицей'] : []
  return `${title} ${[...lines.slice(0, FAULTS_SAID).map(({ words }) => words), ...more].join('; ')}`
}

/** What was not taken is still told when the page comes anew; a line leads to its cell as long as that is the same. */
function missedIn({ students, columns }: GridModel, { missed, view }: GridActions): Missed | null {
  const told = missed.get()
  if (!told) return null
  const stands = ({ row, column }: Position) =>
    students[row]?.id === view.model.students[row]?.id &&
    columns[column]?.lesson.id === view.model.columns[column]?.lesson.id &&
    columns[column]?.work?.id === view.model.columns[column]?.work?.id
  return {
    ...told,
    lines: told.lines.map(({ words, position }) => ({
      words,
      position: position && stands(position) ? position : null,
    })),
  }
}
