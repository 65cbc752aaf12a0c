import { useQuery } from '@tanstack/react-query'
import type { Backup, BackupAlarm, BackupOverview, BackupState } from '#contract/backups.ts'
import { call } from './api.ts'
import { counted, dayMonth, dayWithYear, momentOn } from './formats.ts'
import { hasRole, useSession } from './session.ts'

export const BACKUPS = ['backups']

const RUNNING_MS = 3_000

/** Backups as they stand, for those who may see them; asked again every `idleMs`, and often while a copy is made. */
export function useBackups(idleMs: number) {
  const enabled = hasRole(useSession(), 'director', 'system-admin')
  return useQuery({
    queryKey: BACKUPS,
    queryFn: ({ signal }) => call<BackupOverview>('GET', '/api/backups', { signal }),
    enabled,
    refetchInterval: ({ state: { data } }) => (data?.state?.running ? RUNNING_MS : idleMs),
  })
}

/** What each alarm is in one short line, from what loses most to what can wait; the page tells why and what to do. */
export const alarmWords: Record<BackupAlarm, string> = {
  'folder-absent': 'Папка для копий не отвечает',
  'same-disk': 'Копии лежат на том же диске, что и журнал',
  'archive-given-up': 'Часть записей не дождалась папки для копий',
  'folder-full': 'В папке для копий кончилось место',
  'copy-no-room': 'Для новой копии не хватает места',
  'proof-failed': 'Проверка нашла в копии расхождение',
  'no-backup': 'Полной копии журнала нет больше суток',
  'no-paper-key': 'Ключа от копий на бумаге ещё нет',
  'proof-no-room': 'Проверить копию негде: не хватает места',
  'not-proven': 'Копию давно не проверяли восстановлением',
  'paper-key-due': 'Пора проверить ключ от копий на бумаге',
}

const GRAVEST_FIRST = Object.keys(alarmWords) as BackupAlarm[]

/** The alarms worth a word. Of a folder that is away neither its disk nor its copies can be told. */
export function toldAlarms({ alarms }: Pick<BackupState, 'alarms'>): BackupAlarm[] {
  const told = GRAVEST_FIRST.filter((alarm) => alarms.includes(alarm))
  return told.includes('folder-absent')
    ? told.filter((alarm) => alarm !== 'same-disk' && alarm !== 'no-backup')
    : told
}

/** The newest first. */
export const newestFirst = (backups: readonly Backup[]): Backup[] =>
  [...backups].sort((a, b) => b.from.localeCompare(a.from))

const MINUTE_MS = 60_000

/**
 * The minutes that can be typed and come back to: from the first whole one after the oldest copy whose log is kept. Null
 * where there is none besides the copies.
 */
export function spanOf(newestFirst: readonly Backup[]): { from: string; to: string } | null {
  const [newest] = newestFirst
  const firstMinute = ({ from }: Backup) => Math.ceil(Date.parse(from) / MINUTE_MS) * MINUTE_MS
  const oldest = newestFirst.findLast((copy) => firstMinute(copy) <= Date.parse(copy.to))
  return newest && oldest ? { from: new Date(firstMinute(oldest)).toISOString(), to: newest.to } : null
}

/** What a copy holds, as people count it; of the last lesson the year is said where it is not this one. */
export function holdsText({ holds }: Backup, today: string): string {
  if (!holds) return 'Снята перед обновлением программы'
  const { students, lessons, marks, lastLessonOn } = holds
  const last = lastLessonOn?.startsWith(today.slice(0, 4))
    ? dayMonth(lastLessonOn)
    : lastLessonOn && dayWithYear(lastLessonOn)
  return [
    counted(students, 'воспитанник', 'воспитанника', 'воспитанников'),
    counted(lessons, 'записанный урок', 'записанных урока', 'записанных уроков'),
    counted(marks, 'отметка', 'отметки', 'отметок'),
    ...(last ? [`последний урок ${last}`] : []),
  ].join(', ')
}

/** Whether the journal would survive its disk: in one sentence, and why. */
export type Standing = { tone: 'good' | 'warn' | 'error'; sentence: string; why: string }

/** What to say first of backups. A disk that is lost takes everything on it, so copies there count for nothing. */
export function standingOf(state: BackupState, today: string): Standing {
  const { backups, running } = state
  const alarms = toldAlarms(state)
  const until = state.savedUntil ?? newestFirst(backups)[0]?.to
  if (!until || backups.length === 0) {
    if (alarms.includes('folder-absent')) return UNSEEN
    if (running) return FIRST_RUNNING
    return alarms.includes('copy-no-room') ? NO_ROOM : NONE
  }
  const moment = momentOn(today, until)
  const saved = `Всё сохранено до ${moment}`
  const found = STANDINGS.find(([alarm]) => alarms.includes(alarm))
  if (found) return found[1](saved, moment)
  return {
    tone: 'good',
    sentence: saved,
    why: 'Если диск с журналом откажет, введённое до этой минуты вернётся из копии.',
  }
}

const NONE: Standing = {
  tone: 'error',
  sentence: 'Копий журнала в этой папке ещё нет',
  why: 'Пока их нет, папка от отказа диска не защищает. Первую копию можно сделать сейчас.',
}
const NO_ROOM: Standing = {
  tone: 'error',
  sentence: 'Копий журнала в этой папке ещё нет',
  why: 'Для первой не хватает места. Пока её нет, папка от отказа диска не защищает.',
}
const UNSEEN: Standing = {
  tone: 'error',
  sentence: 'Новое в копию сейчас не попадает',
  why: 'Папка для копий не отвечает, поэтому её копии не видны. Если диск откажет, вернётся только то, что успело в неё попасть.',
}
const FIRST_RUNNING: Standing = {
  tone: 'warn',
  sentence: 'Первая копия в этой папке делается',
  why: 'Пока её нет, папка от отказа диска не защищает. Работать в журнале можно как обычно.',
}

type Telling = (saved: string, moment: string) => Standing
const behind: Telling = (_, moment) => ({
  tone: 'warn',
  sentence: `Сохранено до ${moment}, новое в копию пока не попадает`,
  why: 'Если диск откажет сейчас, введённое после этой минуты пропадёт.',
})

// The first that is true is said; what else is wrong stands below it.
const STANDINGS: [BackupAlarm, Telling][] = [
  [
    'same-disk',
    (_, moment) => ({
      tone: 'error',
      sentence: 'Отказа диска журнал сейчас не переживёт',
      why: `Копии есть, до ${moment}, но лежат на том же диске и пропадут вместе с ним.`,
    }),
  ],
  [
    'proof-failed',
    (saved) => ({
      tone: 'error',
      sentence: `${saved}, но за последнюю копию поручиться нельзя`,
      why: 'Восстановленное из неё не совпало с журналом.',
    }),
  ],
  ['archive-given-up', behind],
  ['folder-absent', behind],
  ['folder-full', behind],
  [
    'copy-no-room',
    (saved) => ({
      tone: 'warn',
      sentence: `${saved}, но для новой полной копии нет места`,
      why: 'Журнал вернётся, только дольше: всё, что записано после прежней копии, придётся повторить.',
    }),
  ],
  [
    'no-backup',
    (saved) => ({
      tone: 'warn',
      sentence: `${saved}, но свежей полной копии нет`,
      why: 'Журнал вернётся, только дольше: всё, что записано после прежней копии, придётся повторить.',
    }),
  ],
  [
    'no-paper-key',
    (saved) => ({
      tone: 'warn',
      sentence: `${saved}, но открыть копии может только этот сервер`,
      why: 'Если пропадёт весь сервер, без ключа на бумаге копии не открыть.',
    }),
  ],
  [
    'proof-no-room',
    (saved) => ({
      tone: 'warn',
      sentence: `${saved}, но проверить последнюю копию негде`,
      why: 'Копия, которую не восстанавливали, — ещё не обещание.',
    }),
  ],
  [
    'not-proven',
    (saved) => ({
      tone: 'warn',
      sentence: `${saved}, но последняя копия давно не проверена`,
      why: 'Копия, которую не восстанавливали, — ещё не обещание.',
    }),
  ],
]
