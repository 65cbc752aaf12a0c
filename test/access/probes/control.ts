import { on, type Probe, plain } from '../probe.ts'
import { ADMINS, CONTROL, FOREIGN, NOBODY, TEACHERS } from '../rights.ts'
import { CANARY, ids } from '../stage.ts'

const days = { from: '2026-11-02', to: '2026-11-12' }
/** The control desk is of those who answer for the journal; homeroom teachers see their class there (6.2-6.4). */
const DESK = [...CONTROL, 'homeroom', 'homeroom8', ...FOREIGN] as const

const opened = (place: object) => ({ body: { ...place, ...days, openUntil: '2026-11-20', reason: CANARY } })

const REFERRED = { own: ids.referred, foreign: ids.foreign.referred }

export const controlProbes: Record<string, Probe> = {
  'control.read': plain(DESK, { query: days }),
  'control.summary': plain(DESK, { query: days }),
  'disk.read': plain(['director', ...ADMINS, ...FOREIGN]),
  // The officer and the deputy open what is closed; a teacher asks them to.
  'windows.read': plain([...CONTROL, ...FOREIGN]),
  'windows.open': {
    targets: {
      journal: { ask: opened({ journalId: ids.physics7 }), may: CONTROL },
      teacher: { ask: opened({ teacherId: ids.teacher }), may: CONTROL },
      foreignJournal: { ask: opened({ journalId: ids.foreign.journal }), may: FOREIGN },
      foreignTeacher: { ask: opened({ teacherId: ids.otherSchoolTeacher }), may: FOREIGN },
      noTeacher: { ask: opened({ teacherId: ids.anna }), may: NOBODY },
    },
    nothing: opened({ journalId: ids.nothing }),
  },
  'windows.close': on(
    { own: ids.window, foreign: ids.foreign.window },
    { own: CONTROL, foreign: FOREIGN },
    (windowId) => ({ params: { windowId }, body: { closed: true, version: 1 } }),
  ),
  // What came for a closed lesson is decided by those who may open it (4.5), and taken back by its author alone.
  'referrals.read': plain([...CONTROL, ...FOREIGN]),
  'referrals.read-own': plain([...TEACHERS, ...FOREIGN]),
  'referrals.decide': on(REFERRED, { own: CONTROL, foreign: FOREIGN }, (entryId) => ({
    params: { entryId },
    body: { decision: 'apply', reason: CANARY, version: 1, seen: [0, 0] },
  })),
  'referrals.withdraw': on(REFERRED, { own: ['teacher'], foreign: FOREIGN }, (entryId) => ({
    params: { entryId },
    body: { version: 1 },
  })),
}
