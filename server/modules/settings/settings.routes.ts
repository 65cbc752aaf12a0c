import { z } from 'zod'
import {
  AddAttendanceCode,
  AddedSetting,
  AddWorkType,
  PutAttendanceCode,
  PutJournalRules,
  PutOrganization,
  PutSecondFactorRules,
  PutWorkType,
  Settings,
} from '#contract/settings.ts'
import { Id, Nothing } from '#contract/shapes.ts'
import type { Access } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import {
  addAttendanceCode,
  addWorkType,
  putAttendanceCode,
  putJournalRules,
  putOrganization,
  putSecondFactorRules,
  putWorkType,
  readSettings,
} from './change-settings.ts'

const READ = {
  resource: 'settings',
  action: 'read',
  grants: [{ roles: ['director', 'deputy', 'journal-officer', 'system-admin'], relation: 'organization' }],
} satisfies Access

/** The rules of the journal belong to those who answer for it (6.2, 6.3). */
const WRITE = {
  resource: 'settings',
  action: 'write',
  grants: [{ roles: ['director', 'deputy'], relation: 'organization' }],
} satisfies Access

const WRITE_NAMES = {
  resource: 'settings',
  action: 'write',
  grants: [{ roles: ['system-admin'], relation: 'organization' }],
} satisfies Access

/** Whoever could loosen it alone could take over every account: not those who give access. */
const WRITE_SECOND_FACTOR = {
  resource: 'settings',
  action: 'write',
  grants: [{ roles: ['director'], relation: 'organization' }],
} satisfies Access

const locks = () => ['settings']
const One = z.strictObject({ id: Id })

export const settingsOperations: Operation[] = [
  operation({
    id: 'settings.read',
    summary: 'Names, rules of the journal, kinds of work and signs of attendance',
    method: 'GET',
    path: '/api/settings',
    access: READ,
    answer: Settings,
    handle: (call) => readSettings(call),
  }),
  operation({
    id: 'settings.put-organization',
    summary: 'Change names and time zone of the organisation',
    method: 'PUT',
    path: '/api/settings/organization',
    access: WRITE_NAMES,
    body: PutOrganization,
    answer: Nothing,
    locks,
    handle: (call, { body }) => putOrganization(call, body),
  }),
  operation({
    id: 'settings.put-journal-rules',
    summary: 'Change the window for late records, who opens it, and how long families keep access',
    method: 'PUT',
    path: '/api/settings/journal',
    access: WRITE,
    body: PutJournalRules,
    answer: Nothing,
    locks,
    handle: (call, { body }) => putJournalRules(call, body),
  }),
  operation({
    id: 'settings.put-second-factor',
    summary: 'Change who must have a second factor, and in how many days',
    method: 'PUT',
    path: '/api/settings/second-factor',
    access: WRITE_SECOND_FACTOR,
    body: PutSecondFactorRules,
    stepUp: true,
    answer: Nothing,
    locks,
    handle: (call, { body }) => putSecondFactorRules(call, body),
  }),
  operation({
    id: 'settings.add-work-type',
    summary: 'Add a kind of work',
    method: 'POST',
    path: '/api/settings/work-types',
    access: WRITE,
    body: AddWorkType,
    answer: AddedSetting,
    locks,
    handle: (call, { body }) => addWorkType(call, body),
  }),
  operation({
    id: 'settings.put-work-type',
    summary: 'Rename, weigh or archive a kind of work',
    method: 'PUT',
    path: '/api/settings/work-types/:id',
    access: WRITE,
    params: One,
    body: PutWorkType,
    answer: Nothing,
    locks,
    handle: (call, { params, body }) => putWorkType(call, params.id, body),
  }),
  operation({
    id: 'settings.add-attendance-code',
    summary: 'Add a sign of attendance',
    method: 'POST',
    path: '/api/settings/attendance-codes',
    access: WRITE,
    body: AddAttendanceCode,
    answer: AddedSetting,
    locks,
    handle: (call, { body }) => addAttendanceCode(call, body),
  }),
  operation({
    id: 'settings.put-attendance-code',
    summary: 'Rename a sign of attendance or change what it counts as',
    method: 'PUT',
    path: '/api/settings/attendance-codes/:id',
    access: WRITE,
    params: One,
    body: PutAttendanceCode,
    answer: Nothing,
    locks,
    handle: (call, { params, body }) => putAttendanceCode(call, params.id, body),
  }),
]
