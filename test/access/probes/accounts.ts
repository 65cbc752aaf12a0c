import { newId } from '#platform/ids.ts'
import { on, type Probe, plain } from '../probe.ts'
import { ADMINS, EVERYBODY, FOREIGN } from '../rights.ts'
import { CANARY, ids, type Stage } from '../stage.ts'

/** A living session of this account, which is not the one the request comes from. */
async function anotherSession({ database }: Stage, account: string, organization: string): Promise<string> {
  const id = newId()
  await database.owner.query(
    `insert into session (organization_id, id, account_id, token_hash, started_at, seen_at, expires_at)
     values ($1, $2::uuid, $3, decode(md5($2::text), 'hex'), '2026-11-12', '2026-11-12', '2027-01-01')`,
    [organization, id, account],
  )
  return id
}

const ownPassword = { current: CANARY, next: `${CANARY} поёт утром` }

/** One of each kind of record about people; lists and accounts are the administrator's (6.5). */
const PEOPLE = {
  child: ids.anna,
  guardian: ids.motherOfAnna,
  staff: ids.carer,
  administrator: ids.admin,
  foreign: ids.foreign.student,
}
const byAdmin = { child: ADMINS, guardian: ADMINS, staff: ADMINS, administrator: ADMINS, foreign: FOREIGN }
const readers = [...ADMINS, 'secretary', 'director', 'deputy', 'deputyTeacher'] as const
const read = { child: readers, guardian: readers, staff: readers, administrator: readers, foreign: FOREIGN }
const NEWCOMERS = { newcomer: ids.noAccount, foreign: ids.foreign.student }
const CLASSES = { class7: ids.class7, class8: ids.class8, foreign: ids.foreign.classUnit }
const particulars = {
  lastName: CANARY,
  firstName: 'Жанна',
  middleName: null,
  sex: null,
  birthOn: '2012-02-29',
  email: 'kanareika@example.org',
  phone: null,
}

export const peopleProbes: Record<string, Probe> = {
  'people.list': plain([...readers, ...FOREIGN], { query: { query: 'а' } }),
  'people.read': on(PEOPLE, read, (personId) => ({ params: { personId } })),
  'people.create': plain([...ADMINS, ...FOREIGN], {
    body: {
      ...particulars,
      roles: [{ role: 'carer', from: '2026-11-12', to: null }],
      confirmDouble: true,
    },
  }),
  'people.update': on(PEOPLE, byAdmin, (personId) => ({
    params: { personId },
    body: { ...particulars, version: 1, confirmDouble: true },
  })),
  'people.put-roles': on(PEOPLE, byAdmin, (personId, name) => ({
    params: { personId },
    body: {
      version: 1,
      roles: [
        { role: name === 'administrator' ? 'system-admin' : 'carer', from: '2026-11-12', to: '2027-05-31' },
      ],
    },
  })),
  'accounts.issue': on(NEWCOMERS, { newcomer: ADMINS, foreign: FOREIGN }, (personId) => ({
    params: { personId },
    body: {},
  })),
  'accounts.issue-first-password': on(
    { child: ids.anna, foreign: ids.foreign.guardian },
    { child: ADMINS, foreign: FOREIGN },
    (personId) => ({ params: { personId }, body: {} }),
  ),
  'accounts.put': on(
    { child: ids.anna, foreign: ids.foreign.guardian },
    { child: ADMINS, foreign: FOREIGN },
    (personId) => ({
      params: { personId },
      body: { disabled: false, version: personId === ids.anna ? 2 : 1 },
    }),
  ),
  'accounts.list-batch-classes': plain([...ADMINS, ...FOREIGN]),
  'accounts.issue-batch': on(CLASSES, { class7: ADMINS, class8: ADMINS, foreign: FOREIGN }, (groupId) => ({
    body: { groupId, who: 'students', again: false },
  })),
}

export const accountProbes: Record<string, Probe> = {
  'session.start': {
    open: true,
    targets: { own: { ask: { body: { login: 'teacher', password: CANARY } }, may: ['teacher', 'anna'] } },
  },
  'session.finish': {
    open: true,
    targets: { own: { ask: { body: { half: 'x'.repeat(43), code: '123456' } }, may: ['teacher', 'anna'] } },
  },
  'session.end': { open: true, targets: { own: { ask: {}, may: ['teacher', 'anna'] } } },
  'session.read': { ...plain(EVERYBODY), beforeAcceptance: true },
  'session.change-password': {
    beforeAcceptance: true,
    targets: { own: { ask: { body: ownPassword }, may: EVERYBODY } },
  },
  'session.accept-rules': { ...plain(EVERYBODY, { body: {} }), beforeAcceptance: true },
  'session.list': plain(EVERYBODY),
  'session.end-other': {
    targets: {
      teachers: {
        ask: async (stage) => ({
          params: { sessionId: await anotherSession(stage, ids.teacher, ids.school) },
        }),
        may: ['teacher'],
      },
      mothers: {
        ask: async (stage) => ({
          params: { sessionId: await anotherSession(stage, ids.motherOfAnna, ids.school) },
        }),
        may: ['motherOfAnna'],
      },
      foreign: {
        ask: async (stage) => ({
          params: { sessionId: await anotherSession(stage, ids.otherSchoolTeacher, ids.otherSchool) },
        }),
        may: ['otherSchoolTeacher'],
      },
    },
    nothing: { params: { sessionId: ids.nothing } },
  },
}
