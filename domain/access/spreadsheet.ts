const FORMULA = /^[\s\u00a0]*[=+\-@\t\r\n＝＋－＠]/u

/**
 * A cell of text for a spreadsheet (S-13): what would begin a formula gets an apostrophe before it, and quotes, line
 * ends and separators stay inside the cell.
 */
export function spreadsheetCell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text
  return /[";\r\n\t]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Lines of cells as CSV that Russian Excel opens by a double click: semicolons, and a mark of UTF-8 at the beginning. */
export function spreadsheetText(lines: readonly (readonly string[])[]): string {
  return `\ufeff${lines.map((cells) => cells.map(spreadsheetCell).join(';')).join('\r\n')}\r\n`
}
