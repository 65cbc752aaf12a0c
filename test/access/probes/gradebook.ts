import { type Ask, on, type Probe } from '../probe.ts'
import {
  FOREIGN,
  JOURNALS,
  LESSONS,
  NOBODY,
  READ_JOURNAL,
  READ_LESSON,
  type Rights,
  WRITE_LESSON,
} from '../rights.ts'
import { CANARY, ids } from '../stage.ts'

/** Journal of each lesson, and a child that sits in it. */
export const PLACE: Record<keyof typeof LESSONS | 'nothing', { journalId: string; studentId: string }> = {
  today: { journalId: ids.physics7, studentId: ids.anna },
  substituted: { journalId: ids.physics7, studentId: ids.anna },
  physics8: { journalId: ids.physics8, studentId: ids.galina },
  chess: { journalId: ids.chessJournal, studentId: ids.anna },
  ofDismissed: { journalId: ids.dismissedJournal, studentId: ids.anna },
  foreign: { journalId: ids.foreign.journal, studentId: ids.foreign.student },
  nothing: { journalId: ids.nothing, studentId: ids.nothing },
}

const cellOf = (lessonId: string, name: keyof typeof PLACE, more: object): Ask => {
  const { journalId, studentId } = PLACE[name]
  const known = name === 'foreign' || name === 'physics8'
  const value = name === 'foreign' ? null : 'н'
  const cell = { lessonId, studentId, value, version: known ? 1 : 0, ...more }
  return { params: { journalId }, body: { cells: [cell], lateReason: CANARY } }
}

/** Physics of 7А: a child who has left, and a lesson that is not of the journal named in the address. */
const PAIRS = {
  formerStudent: 'former student after the last day',
  otherJournal: 'lesson of 8А under the journal of 7А',
}
const pairRights: Rights<typeof PAIRS> = { formerStudent: ['teacher'], otherJournal: NOBODY }
const pairs = on(PAIRS, pairRights, (_, name) => ({
  params: { journalId: ids.physics7 },
  body: {
    cells: [
      name === 'formerStudent'
        ? { lessonId: ids.today, studentId: ids.former, value: 'н', version: 0 }
        : { lessonId: ids.physics8Today, studentId: ids.galina, value: 'н', version: 0 },
    ],
  },
}))
const formerStudent = { ...pairs.targets.formerStudent, neverSucceeds: true } as Probe['targets'][string]

const cells = on(LESSONS, WRITE_LESSON, (lessonId, name) => cellOf(lessonId, name, {}))

export const gradebookProbes: Record<string, Probe> = {
  'gradebook.read': on(JOURNALS, READ_JOURNAL, (journalId) => ({ params: { journalId } })),
  'gradebook.put-cells': {
    ...cells,
    targets: {
      ...cells.targets,
      ...pairs.targets,
      formerStudent,
      mark: {
        ask: cellOf(ids.today, 'today', { workId: ids.today, value: '5', comment: CANARY }),
        may: ['teacher'],
      },
      foreignMark: {
        ask: cellOf(ids.foreign.lesson, 'foreign', { workId: ids.foreign.lesson, value: '4', version: 1 }),
        may: FOREIGN,
      },
    },
  },
  'gradebook.cell-history': on(LESSONS, READ_LESSON, (lessonId, name) => {
    const { journalId, studentId } = PLACE[name]
    return { params: { journalId }, query: { lessonId, studentId } }
  }),
}
