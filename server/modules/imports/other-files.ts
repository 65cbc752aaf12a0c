/** Why a file of the folder is not read. */
export type UnreadReason =
  | 'old-workbook'
  | 'binary-workbook'
  | 'opendocument'
  | 'text-table'
  | 'document'
  | 'picture'
  | 'archive'
  | 'lock'
  | 'hidden'
  | 'link'
  | 'too-many'
  | 'other'

/** A file of the folder that is not read, by its name relative to it. */
export type UnreadFile = { name: string; reason: UnreadReason }

const READ = /\.(xlsx|xlsm|xltx|xltm)$/i

const REASONS: [RegExp, UnreadReason][] = [
  [/^(~\$|\.~lock\.)/, 'lock'],
  [/^\.|^(thumbs\.db|desktop\.ini)$/i, 'hidden'],
  [/\.(xls|xlt|xlm|xla|xlw|et)$/i, 'old-workbook'],
  [/\.(xlsb|xlam|numbers|wk\d)$/i, 'binary-workbook'],
  [/\.(ods|ots|fods|sxc)$/i, 'opendocument'],
  [/\.(csv|tsv|tab|txt|xml|html?|dbf|slk|json)$/i, 'text-table'],
  [/\.(docx?|docm|dotx?|rtf|odt|pdf|pptx?|md)$/i, 'document'],
  [/\.(png|jpe?g|gif|bmp|tiff?|webp|heic|svg)$/i, 'picture'],
  [/\.(zip|rar|7z|gz|tar|tgz)$/i, 'archive'],
]

/** Why a file of that name is not read, or null when it is: a workbook, one with macros or a template as well. */
export function unreadReason(name: string): UnreadReason | null {
  const reason = REASONS.find(([pattern]) => pattern.test(name))?.[1]
  return reason ?? (READ.test(name) ? null : 'other')
}

/** Whether the file may hold a table somebody meant to be read. */
export function mayHoldTable({ reason }: UnreadFile): boolean {
  return TABLES.has(reason)
}

const TABLES: ReadonlySet<UnreadReason> = new Set([
  ...(['old-workbook', 'binary-workbook', 'opendocument', 'text-table', 'link', 'too-many'] as const),
])
