/** Why a file is not taken as a workbook at all; nothing of it is used then. */
export type WorkbookRefusal =
  | 'file-too-big'
  | 'not-a-workbook'
  | 'old-format'
  | 'encrypted'
  | 'broken'
  | 'too-many-entries'
  | 'expands-too-much'
  | 'unsafe-path'
  | 'entities'
  | 'sheet-too-large'
  | 'too-slow'
  | 'too-much-memory'
