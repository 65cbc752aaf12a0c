import type { ReferredEntry, ReferredLine } from '#contract/referrals.ts'
import { dayMonth } from '#web/formats.ts'

const whatWords: Record<ReferredLine['what'], string> = {
  mark: 'отметка',
  attendance: 'посещаемость',
  topic: 'Тема',
  comment: 'Комментарий',
  homework: 'Домашнее задание',
  minutes: 'Минут на задание',
}

/** What a line is about: the child with the column, or the part of the lesson's record. */
export function placeWords(line: ReferredLine, lessonDay: string): string {
  if (line.student === null) return whatWords[line.what]
  const column = line.what === 'mark' ? (line.work ?? whatWords.mark) : whatWords.attendance
  const day = line.day === lessonDay ? null : dayMonth(line.day)
  return [line.student, column.toLowerCase(), day].filter(Boolean).join(', ')
}

/** The value that stands now. */
export const presentWords = (line: ReferredLine): string =>
  line.stands ? valueWords(line, line.present, line.presentComment) : 'ничего'

/** The value that is proposed. */
export const proposedWords = (line: ReferredLine): string =>
  valueWords(line, line.proposed, line.proposedComment)

function valueWords({ what }: ReferredLine, value: string | null, comment: string | null): string {
  if (value === null) return what === 'attendance' ? 'на уроке' : 'ничего'
  return comment ? `${value}, «${comment}»` : value
}

export const stateWords: Record<ReferredEntry['state'], string> = {
  waiting: 'ждёт решения',
  applied: 'внесена',
  declined: 'отклонена',
  withdrawn: 'отозвана',
}
