import type { MomentLesson, MomentLine } from '#contract/moments.ts'
import type { Difference } from '#domain/backups/then-and-now.ts'
import type { Tone } from '#ui/notice.tsx'

type Codes = MomentLesson['codes']

/** What a line is about: the lesson's own part, or the child with the column. */
export function placeWords({ part, student, work }: MomentLine): string {
  if (part === 'topic') return 'Тема урока'
  if (part === 'homework') return 'Домашнее задание'
  return [student, part === 'mark' ? (work ?? 'отметка').toLowerCase() : 'посещаемость'].join(', ')
}

type Side = NonNullable<MomentLine['before']>

/** A value as it stood or stands, in words. */
export function valueWords(part: MomentLine['part'], side: MomentLine['before'], codes: Codes): string {
  if (!side) return part === 'attendance' ? 'не отмечено' : 'ничего'
  return SIDES[part](side, codes)
}

const SIDES: Record<MomentLine['part'], (side: Side, codes: Codes) => string> = {
  topic: ({ value, more }) =>
    [value ?? 'тема не записана', more && `комментарий: ${more}`].filter(Boolean).join('; '),
  homework: ({ value, more }) => {
    if (value === null) return 'не задано'
    return more ? `${value} (${more} мин)` : value
  },
  attendance: ({ value }, codes) => {
    if (value === null) return 'на уроке'
    const name = codes.find(({ code }) => code === value)?.name
    return name ? `${value} — ${name.toLowerCase()}` : value
  },
  mark: ({ value, more }) => [value, more && `«${more}»`].filter(Boolean).join(', '),
}

/** How now differs from then, told by a sign and a word. */
export const differenceWords: Record<Difference, { words: string; tone: Tone }> = {
  same: { words: '= совпадает', tone: 'good' },
  changed: { words: '≠ изменено', tone: 'warn' },
  gone: { words: '− пропало', tone: 'error' },
  came: { words: '+ появилось позже', tone: 'info' },
}
