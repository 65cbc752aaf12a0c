import { on, type Probe, plain } from '../probe.ts'
import { ADMINS, FOREIGN } from '../rights.ts'
import { CANARY, ids } from '../stage.ts'

const readers = ['director', 'deputy', 'deputyTeacher', 'officer', ...ADMINS, ...FOREIGN] as const
/** Rules of the journal are of those who answer for it (6.2, 6.3). */
const answerable = ['director', 'deputy', 'deputyTeacher'] as const

export const settingsProbes: Record<string, Probe> = {
  'settings.read': plain(readers),
  'settings.put-organization': plain([...ADMINS, ...FOREIGN], {
    body: { name: CANARY, shortName: CANARY, timeZone: 'Europe/Moscow', version: 1 },
  }),
  'settings.put-journal-rules': plain([...answerable, ...FOREIGN], {
    body: {
      entryWindowDays: 7,
      windowOpenerRoles: ['deputy'],
      familyAccessDays: 90,
      homeworkExpected: true,
      version: 1,
    },
  }),
  'settings.put-second-factor': plain(['director', ...FOREIGN], {
    body: { roles: [], days: 14, version: 1 },
  }),
  'grading-periods.read': plain(readers),
  'grading-periods.close': on(
    { own: ids.periodOpen, foreign: ids.foreign.periodOpen },
    { own: answerable, foreign: FOREIGN },
    (periodId) => ({ params: { periodId }, body: { reason: CANARY, version: 1 } }),
  ),
  'grading-periods.reopen': on(
    { own: ids.periodClosed, foreign: ids.foreign.periodClosed },
    { own: answerable, foreign: FOREIGN },
    (periodId) => ({ params: { periodId }, body: { reason: CANARY, openUntil: '2026-11-20', version: 1 } }),
  ),
  'settings.add-work-type': plain([...answerable, ...FOREIGN], {
    body: { name: CANARY, short: 'кан', weight: 1.5 },
  }),
  'settings.put-work-type': on(
    { own: ids.answer, foreign: ids.foreign.workType },
    { own: answerable, foreign: FOREIGN },
    (id) => ({
      params: { id },
      body: { name: CANARY, short: 'кан', weight: 2, archived: false, version: 1 },
    }),
  ),
  'settings.add-attendance-code': plain([...answerable, ...FOREIGN], {
    body: { code: 'кан', name: CANARY, absent: true, counted: true },
  }),
  'settings.put-attendance-code': on(
    { own: ids.codeAway, foreign: ids.foreign.attendanceCode },
    { own: answerable, foreign: FOREIGN },
    (id) => ({
      params: { id },
      body: { name: CANARY, absent: true, counted: false, version: id === ids.codeAway ? 2 : 1 },
    }),
  ),
  'setup.check': {
    open: true,
    targets: { usedUp: { ask: { body: { token: 'x'.repeat(43) } }, may: ['admin', 'anna'] } },
  },
  'setup.find-copies': {
    open: true,
    targets: {
      usedUp: {
        ask: { body: { token: 'x'.repeat(43), folder: '/mnt/kopii', words: null } },
        may: ['admin', 'anna'],
      },
    },
  },
  'setup.restore': {
    open: true,
    targets: {
      usedUp: {
        ask: { body: { token: 'x'.repeat(43), folder: '/mnt/kopii', words: null, to: null } },
        may: ['admin', 'anna'],
      },
    },
  },
  'setup.run': {
    open: true,
    targets: {
      usedUp: {
        ask: {
          body: {
            token: 'x'.repeat(43),
            organizationName: CANARY,
            shortName: CANARY,
            timeZone: 'Europe/Moscow',
            lastName: CANARY,
            firstName: 'Жанна',
            middleName: null,
            login: 'kanareika',
            password: `${CANARY} поёт утром`,
          },
        },
        may: ['admin', 'anna'],
      },
    },
  },
}
