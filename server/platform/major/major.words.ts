import { megabytes } from '../backup/backup.words.ts'

/** Why a data folder could not be carried over to the next major version of PostgreSQL. */
export type CarryFault = 'being-carried' | 'no-room' | 'not-ours' | 'table-refused' | 'differs' | 'failed'

const AS_IT_WAS =
  'Журнал остался в прежней папке таким, каким был; работать с ним можно прежней версией программы.'

const words: Record<CarryFault, string> = {
  'being-carried':
    'Базу в этой папке данных сейчас переводит на новую PostgreSQL другой запущенный «Журавль». Дождитесь конца: сколько сделано, он пишет в своём окне.',
  'no-room': `Чтобы перевести базу на новую PostgreSQL, рядом с ней на время нужно место ещё на одну такую же. Освободите место на диске с папкой данных и запустите снова. ${AS_IT_WAS}`,
  'not-ours': `В базе есть то, чего программа в ней не делала, и при переводе на новую PostgreSQL это пропало бы. Запустите прежнюю версию программы, уберите названное ниже (сохранив у себя) и повторите. ${AS_IT_WAS}`,
  'table-refused': `Записи одной из таблиц новой PostgreSQL не подходят. ${AS_IT_WAS} Сообщите разработчикам, что написано ниже: записей людей в этом нет.`,
  differs: `После переноса на новую PostgreSQL сошлось не всё, поэтому переход не состоялся. ${AS_IT_WAS} Сообщите разработчикам, что написано ниже: записей людей в этом нет.`,
  failed: `Перевести базу на новую PostgreSQL не удалось. ${AS_IT_WAS}`,
}

/** The fault in Russian, followed by what it is about, for the person at the terminal. */
export function carryWords(fault: CarryFault, detail = ''): string {
  return detail ? `${words[fault]}\n${detail}` : words[fault]
}

/** What is told while a folder is carried over. */
export const CARRYING = {
  begun: (from: number, to: number) =>
    `Перевожу базу с PostgreSQL ${from} на PostgreSQL ${to}. Это бывает один раз; журнал откроется сам.`,
  percent: (percent: number) => `  перенесено ${percent} %`,
  comparing: '  сверяю каждую таблицу с прежней…',
  done: (seconds: number, aside: string) =>
    `Готово за ${seconds} с: каждая таблица в новой базе такая же, как в прежней. Прежняя папка цела: ${aside}. Удалите её, когда убедитесь, что всё на месте.`,
}

/** How much room is asked for and how much there is. */
export const roomWords = (needed: number, free: number): string =>
  `Нужно ${megabytes(needed)}, свободно ${megabytes(free)}.`

/** A table or a sequence that did not come over as it was. */
export function differenceWords(
  name: string,
  recorded: string | number | null,
  found: string | number | null,
): string {
  if (recorded === null) return `  ${name}: прежде не было`
  if (found === null) return `  ${name}: не хватает`
  if (recorded === found) return `  ${name}: строк столько же (${found}), а содержимое другое`
  return `  ${name}: было ${recorded}, стало ${found}`
}
