import { plainCellText } from '#domain/marks/cell-text.ts'
import { counted } from '#web/formats.ts'
import { closedWords, columnWords } from './cell-words.ts'
import type { Paste, PasteFault } from './clipboard.ts'
import type { GridModel, Position } from './grid-model.ts'

/** What of a pasted block is not in the journal: a sentence for each cell, and where that cell is. */
export type Missed = { title: string; lines: { words: string; position: Position | null }[] }

const TEXT_SHOWN = 24
const BEYOND_SHOWN = 5

const reasons: Record<Exclude<PasteFault['why'], 'outside'>, string> = {
  ...closedWords,
  'not-one-value': 'не одно значение',
  'two-absences': 'на этот урок скопированы разные обозначения посещаемости',
  'no-work': 'отметок здесь не ставят',
}

/** Names each refused cell by child and date; `null` when everything was taken. */
export function missedWords(model: GridModel, { edits, faults }: Paste): Missed | null {
  if (faults.length === 0) return null
  const inside = faults.filter(({ why }) => why !== 'outside')
  const beyond = faults.filter(({ why }) => why === 'outside')
  const lines: Missed['lines'] = inside.map((fault) => ({
    words: faultWords(model, fault),
    position: fault.position,
  }))
  if (beyond.length > 0) lines.push({ words: beyondWords(beyond), position: null })
  const done = edits.length === 0 ? 'Ничего не вставлено' : pastedWords(edits.length)
  return { title: edits.length === 0 ? `${done}.` : `${done}. Не вставлено: ${faults.length}.`, lines }
}

/** «Вставлено: 5 значений» */
export function pastedWords(count: number): string {
  return `Вставлено: ${counted(count, 'значение', 'значения', 'значений')}`
}

function faultWords(model: GridModel, { position, text, why }: PasteFault): string {
  const name = model.names[position.row] ?? ''
  const where = [name, columnWords(model, position.column)].join(', ')
  return `${where}: «${shortText(text)}» — ${reasons[why as keyof typeof reasons]}`
}

function beyondWords(beyond: PasteFault[]): string {
  const texts = beyond.slice(0, BEYOND_SHOWN).map(({ text }) => `«${shortText(text)}»`)
  const more = beyond.length > texts.length ? ' и другие' : ''
  return `За краем таблицы: ${counted(beyond.length, 'значение', 'значения', 'значений')} (${texts.join(', ')}${more})`
}

function shortText(text: string): string {
  const plain = plainCellText(text).replace(/\s+/g, ' ')
  return plain.length > TEXT_SHOWN ? `${plain.slice(0, TEXT_SHOWN)}…` : plain
}
