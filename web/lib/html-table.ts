/**
 * Rows and cells of the first table in copied HTML, for programs that put nothing else on the clipboard; `null` when
 * there is none. A merged cell stands at its upper left corner and is empty elsewhere.
 */
export function readHtmlTable(html: string): string[][] | null {
  // A document made so runs no script and fetches nothing.
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table')
  if (!table) return null
  const rows: string[][] = [...table.rows].map(() => [])
  for (const [top, row] of [...table.rows].entries()) for (const cell of row.cells) put(rows, top, cell)
  return rows.map((line) => Array.from(line, (text) => text ?? ''))
}

function put(rows: string[][], top: number, cell: HTMLTableCellElement) {
  const line = rows[top] ?? []
  let left = 0
  while (line[left] !== undefined) left += 1
  for (const covered of rows.slice(top, top + Math.max(1, cell.rowSpan)))
    for (let n = 0; n < cell.colSpan; n++) covered[left + n] = ''
  line[left] = textOf(cell)
}

function textOf(cell: HTMLTableCellElement): string {
  for (const line of cell.querySelectorAll('br, p, div')) line.append('\n')
  return cell.textContent
}
