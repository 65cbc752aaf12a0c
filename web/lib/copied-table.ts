import { readHtmlTable } from './html-table.ts'

/** Rows and cells of whatever was copied: text as spreadsheets write it, else the first table of copied HTML. */
export function copiedTable(clipboard: DataTransfer): string[][] {
  const text = clipboard.getData('text/plain')
  if (text !== '') return readTable(text)
  return readHtmlTable(clipboard.getData('text/html')) ?? [['']]
}

/**
 * Rows and cells of what a spreadsheet puts on the clipboard as text. A cell with a line break, a tab or a quotation
 * mark in it stands in quotes, with each quotation mark of its own doubled.
 */
export function readTable(text: string): string[][] {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const rows: string[][] = [[]]
  let at = 0
  while (true) {
    const { cell, length } = cellAt(plain, at)
    rows.at(-1)?.push(cell)
    at += length
    if (at >= plain.length) return rows
    if (plain[at] === '\n') rows.push([])
    at += 1
  }
}

function cellAt(text: string, at: number): { cell: string; length: number } {
  const quoted = text[at] === '"' ? match(/"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)/y, text, at) : null
  // A quotation mark that nothing closes is only a letter of the cell.
  const [whole = '', inside] = quoted ?? match(/[^\t\n]*/y, text, at) ?? []
  return { cell: inside === undefined ? whole : inside.replaceAll('""', '"'), length: whole.length }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
