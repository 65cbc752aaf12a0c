import type { Backup } from '#contract/backups.ts'
import { megabytes } from '#platform/backup/backup.words.ts'
import type { Proof } from '#platform/backup/proofs.ts'
import type { Step } from '#platform/backup/restore.ts'
import { momentWords } from './moment.words.ts'

/** How the three commands are called. */
export const USAGE = {
  backup: [
    'npm run backup                        сделать резервную копию сейчас',
    'npm run backup -- --folder <папка>    хранить копии в этой папке: на втором диске или в сети',
    '  --same-disk                         второго диска нет: хранить на том же',
    'npm run backup -- --paper             сделать ключ на бумаге: двенадцать слов, которые откроют копии без сервера',
    'npm run backup -- --prove-paper       проверить, что бумага цела: набрать слова с неё',
  ].join('\n'),
  restore: [
    'npm run restore                       что и на какие моменты можно восстановить',
    'npm run restore -- --to "2026-11-30 12:05"   каким журнал был в эту минуту (время сервера)',
    'npm run restore -- --to last          самое позднее, что есть в копиях',
    '  --from <папка>   взять копии отсюда, а не из папки, которая выбрана',
    '  --key <файл>     открыть их ключом из этого файла',
    '  --paper          открыть их словами с бумаги: программа спросит',
    '  --yes            выполнить: без этого слова команда только рассказывает, что будет',
    'npm run restore -- --settle "2026-11-30 12:05"   базу по DATABASE_URL вернули к этой минуте средствами её сервера:',
    '                                      завершить сеансы и ссылки, записать в события',
  ].join('\n'),
  verify: [
    'npm run verify -- <копия>   развернуть копию рядом и проверить каждый файл; журнала не касается',
    '  --from <папка>, --key <файл>, --paper   как у npm run restore',
  ].join('\n'),
}

const TRUST = { same: 'проверена восстановлением', other: 'ПРОВЕРКУ НЕ ПРОШЛА' }

/** One copy, in the lines of a list. */
export function backupLines({ name, from, to, bytes, holds, proven }: Backup): string[] {
  const held = holds
    ? `воспитанников ${holds.students}, уроков с записью ${holds.lessons}, отметок ${holds.marks}` +
      (holds.lastLessonOn ? `, последний урок ${holds.lastLessonOn.split('-').reverse().join('.')}` : '')
    : 'снята перед обновлением'
  const trust = proven === null ? 'ещё не проверялась' : TRUST[proven.same ? 'same' : 'other']
  return [
    `${name}  ${megabytes(bytes)}, ${trust}`,
    `    ${held}`,
    // A moment that is typed as it is told here lies within: the first second is the whole one after the copy.
    `    моменты: ${momentWords(new Date(Math.ceil(Date.parse(from) / 1000) * 1000))} — ${momentWords(to)}`,
  ]
}

const STEPS: Record<Step, string> = {
  unpack: 'распаковываю',
  check: 'проверяю файлы',
  log: 'готовлю журнал операций',
  replay: 'повторяю записи',
}

/** What is being done now. */
export const stepWords = (step: Step): string => STEPS[step]

/** What trying a copy out has shown. */
export function proofLines(name: string, proof: Proof | null): string[] {
  if (!proof)
    return [`Копия ${name}: каждый файл сошёлся, база из неё поднялась. Записи таблиц сравнить не с чем.`]
  if (proof.same) return [`Копия ${name} верна: каждый файл и каждая таблица такие, какими были в журнале.`]
  return [
    `КОПИЯ ${name} НЕ ВЕРНА. Отличаются (записано → найдено):`,
    ...proof.differences.map((one) => `  ${one}`),
  ]
}

/** What is said about the key on paper. */
export const PAPER = {
  ask: 'Наберите двенадцать слов с бумаги, через пробел или по одному в строке:',
  accepted: 'Ключ принят. Копии, начиная с той, что делается сейчас, откроются этими словами.',
  proved: 'Всё верно: эти слова открывают копии. Проверьте бумагу снова через три месяца.',
  another: 'Это другой ключ: слова прочитаны, но к копиям этого журнала они не подходят. Ничего не изменено.',
  none: 'Ключа на бумаге ещё нет. Сделайте его: npm run backup -- --paper',
  unfinished: 'Слова набраны не до конца. Ничего не изменено.',
}

/** The key as it is to be written down, once. */
export function paperLines(words: readonly string[], identity: string): string[] {
  const numbered = words.map((word, n) => `${String(n + 1).padStart(2)}. ${word}`)
  return [
    'Перепишите эти двенадцать слов на бумагу и храните её не в серверной. Здесь они показаны один раз:',
    '',
    ...numbered.map((line) => `  ${line}`),
    '',
    'Тот же ключ одной строкой, для программы age:',
    `  ${identity}`,
    '',
    'Теперь проверим бумагу. Наберите слова с неё, через пробел или по одному в строке:',
  ]
}

/** The moments there are, for whoever has named one that is not. */
export const spanWords = (from: Date | string, to: Date | string): string =>
  `В копиях есть моменты с ${momentWords(from)} по ${momentWords(to)}.`

/** What a restore will do, before it is done. */
export function planLines(backup: Backup, until: Date | null): string[] {
  const last = new Date(backup.to)
  const moment = until && until < last ? until : last
  return [
    `Журнал станет таким, каким был ${momentWords(moment)}.`,
    ...backupLines(backup).slice(0, 2),
    'Что внесено позже, в него не вернётся: останется в прежней папке, которая будет отложена, а не удалена.',
    'Всем понадобится войти заново.',
  ]
}
