import { on, type Probe, plain } from '../probe.ts'
import {
  ADMINS,
  CHILDREN,
  CONTROL,
  FOREIGN,
  LESSONS,
  READ_LESSON,
  type Rights,
  TEACHERS,
  WRITE_LESSON,
} from '../rights.ts'
import { CANARY } from '../stage.ts'

const at = '2026-11-12T08:00:00.000Z'
const admins = [...ADMINS, ...FOREIGN]

// The stage serves a database of somebody else's, of which the program has no copies: no moment is ever open.
const shut = (probe: Probe): Probe => ({
  ...probe,
  targets: Object.fromEntries(
    Object.entries(probe.targets).map(([name, target]) => [name, { ...target, neverSucceeds: true }]),
  ),
})

/** A child's lessons are seen by control, by who leads the class, and by who teaches or substitutes some of them. */
const READ_STUDENT: Rights<typeof CHILDREN> = {
  anna: [...CONTROL, 'homeroom', 'teacher', 'substitute', 'clubTeacher'],
  boris: [...CONTROL, 'homeroom', 'teacher', 'substitute'],
  galina: [...CONTROL, 'homeroom8', 'stranger', 'adminTeacher', 'clubTeacher'],
  former: [...CONTROL, 'homeroom', 'teacher'],
  foreign: FOREIGN,
}

export const momentProbes: Record<string, Probe> = {
  'moment.read': plain([...new Set([...ADMINS, ...CONTROL, ...TEACHERS, ...FOREIGN])]),
  'moment.open': shut(plain(admins, { body: { at } })),
  'moment.close': shut(plain(admins)),
  'moment.read-lesson': shut(on(LESSONS, READ_LESSON, (lessonId) => ({ params: { lessonId } }))),
  'moment.read-student': shut(
    on(CHILDREN, READ_STUDENT, (studentId) => ({
      params: { studentId },
      query: { from: '2026-11-02', to: '2026-11-30' },
    })),
  ),
  'moment.take-back': shut(
    on(LESSONS, WRITE_LESSON, (lessonId) => ({
      body: { kind: 'record', at, reason: CANARY, lessonId, version: 0 },
    })),
  ),
}
