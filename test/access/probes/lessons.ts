import { type Ask, on, type Probe, plain, type Target } from '../probe.ts'
import {
  CONTROL,
  FOREIGN,
  LESSONS,
  NOBODY,
  READ_LESSON,
  type Rights,
  TEACHERS,
  WRITE_LESSON,
} from '../rights.ts'
import { type Actor, CANARY, ids } from '../stage.ts'
import { PLACE } from './gradebook.ts'

const WORK: Record<keyof typeof PLACE, string> = {
  today: '00000000-0000-4000-8000-000000000501',
  substituted: '00000000-0000-4000-8000-000000000502',
  physics8: '00000000-0000-4000-8000-000000000503',
  chess: '00000000-0000-4000-8000-000000000504',
  ofDismissed: '00000000-0000-4000-8000-000000000505',
  foreign: '00000000-0000-4000-8000-000000000506',
  nothing: ids.nothing,
}
const unique = (...who: readonly Actor[]): readonly Actor[] => [...new Set(who)]
const lateReason = CANARY
const write = (body: (name: keyof typeof PLACE) => object, params: Record<string, string> = {}): Probe =>
  on(LESSONS, WRITE_LESSON, (lessonId, name) => ({ params: { lessonId, ...params }, body: body(name) }))

/** One's own lesson with something of another organisation in the body: to its teacher that is not there either. */
const withForeign = (probe: Probe, ask: Ask): Probe => ({
  ...probe,
  targets: { ...probe.targets, foreignWithin: { ask, may: NOBODY } },
})

/** Control says who teaches any lesson, a teacher who taught one's own (4.4, 6.3); a substitute passes on to nobody. */
const SUBSTITUTE: Rights<typeof LESSONS> = {
  today: [...CONTROL, 'teacher'],
  substituted: [...CONTROL, 'teacher'],
  physics8: [...CONTROL, 'stranger'],
  chess: [...CONTROL, 'clubTeacher'],
  ofDismissed: CONTROL,
  foreign: FOREIGN,
}

/** Whoever teaches may say «I taught it» of a lesson of today, and of no other day. */
const CLAIM: Rights<typeof LESSONS> = {
  today: TEACHERS,
  substituted: NOBODY,
  physics8: TEACHERS,
  chess: TEACHERS,
  ofDismissed: TEACHERS,
  foreign: FOREIGN,
}
const claims = on(LESSONS, CLAIM, (lessonId) => ({ params: { lessonId } }))
const neverSucceeds = (probe: Probe, ...names: string[]): Probe => ({
  ...probe,
  targets: Object.fromEntries(
    Object.entries(probe.targets).map(([name, target]): [string, Target] => [
      name,
      names.includes(name) ? { ...target, neverSucceeds: true } : target,
    ]),
  ),
})
const ownLesson = { params: { lessonId: ids.today } }

export const lessonProbes: Record<string, Probe> = {
  'days.read': plain([...TEACHERS, ...FOREIGN], { params: { day: '2026-11-12' } }),
  'overdue.read': plain([...TEACHERS, ...FOREIGN]),
  'lesson.read': on(LESSONS, READ_LESSON, (lessonId) => ({ params: { lessonId } })),
  'lesson.put-record': withForeign(
    write(() => ({ topic: CANARY, planItemId: null, comment: CANARY, version: 0, lateReason })),
    {
      ...ownLesson,
      body: { topic: CANARY, planItemId: ids.foreign.planItem, comment: null, version: 0 },
    },
  ),
  'lesson.put-homework': write(() => ({ text: CANARY, minutes: 20, version: 0, lateReason })),
  'lesson.put-attendance': withForeign(
    write((name) => ({
      children: [
        {
          studentId: PLACE[name].studentId,
          code: null,
          version: ['physics8', 'foreign'].includes(name) ? 1 : 0,
        },
      ],
      lateReason,
    })),
    { ...ownLesson, body: { children: [{ studentId: ids.foreign.student, code: null, version: 0 }] } },
  ),
  // No marks in a club, so no works.
  'lesson.put-work': withForeign(
    neverSucceeds(
      on(LESSONS, WRITE_LESSON, (lessonId, name) => ({
        params: { lessonId, workId: WORK[name] },
        body: {
          typeId: name === 'foreign' ? ids.foreign.workType : ids.test,
          title: CANARY,
          weight: 2,
          removed: false,
          version: 0,
          lateReason,
        },
      })),
      'chess',
    ),
    {
      params: { lessonId: ids.today, workId: '00000000-0000-4000-8000-000000000507' },
      body: { typeId: ids.foreign.workType, title: CANARY, weight: 2, removed: false, version: 0 },
    },
  ),
  'lesson.put-substitution': withForeign(
    on(LESSONS, SUBSTITUTE, (lessonId, name) => ({
      params: { lessonId },
      body: {
        substituteId: name === 'foreign' ? null : ids.specialist,
        reason: CANARY,
        version: ['substituted', 'foreign'].includes(name) ? 1 : 0,
      },
    })),
    { ...ownLesson, body: { substituteId: ids.otherSchoolTeacher, reason: CANARY, version: 0 } },
  ),
  // The club and the dismissed teacher's lesson have not begun at noon: whoever may ask is told so.
  'lesson.claim-substitution': neverSucceeds(claims, 'physics8', 'foreign', 'chess', 'ofDismissed'),
  'lessons-to-cover.read': plain(unique(...TEACHERS, ...CONTROL, ...FOREIGN)),
  'staff.find': plain(unique(...TEACHERS, ...CONTROL, ...FOREIGN), { query: { query: '' } }),
  'journals.list': plain(unique(...TEACHERS, ...CONTROL, ...FOREIGN)),
}
