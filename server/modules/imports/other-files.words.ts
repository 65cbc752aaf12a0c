import type { UnreadReason } from './other-files.ts'

const WORDS: Record<UnreadReason, [why: string, todo: string]> = {
  'old-workbook': ['старый формат Excel', 'сохраните как «Книга Excel (.xlsx)»'],
  'binary-workbook': ['двоичный формат таблиц', 'сохраните как «Книга Excel (.xlsx)»'],
  opendocument: ['таблица OpenDocument', 'сохраните как «Книга Excel (.xlsx)»'],
  'text-table': ['таблица в виде текста', 'откройте в редакторе таблиц и сохраните как .xlsx'],
  document: ['это документ, а не таблица', 'если таблица внутри, скопируйте её в книгу .xlsx'],
  picture: ['это изображение', 'перенесите таблицу в книгу .xlsx'],
  archive: ['это архив', 'распакуйте его в папку'],
  lock: ['след открытой книги', 'закройте книгу в редакторе таблиц; сам этот файл не нужен'],
  hidden: ['скрытый файл', 'ничего делать не нужно'],
  link: ['это ссылка на файл в другом месте', 'положите в папку сам файл'],
  'too-many': ['файлов больше 500', 'загрузите остальные отдельной папкой'],
  other: ['не таблица Excel', 'если в нём таблица, сохраните её как .xlsx'],
}

/** Why a file is not read and what to do about it. */
export function unreadWords(reason: UnreadReason): string {
  const [why, todo] = WORDS[reason]
  return `${why}: ${todo}`
}
