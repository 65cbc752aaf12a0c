import { z } from 'zod'
import {
  CreatedPerson,
  CreatePerson,
  People,
  PeopleQuery,
  Person,
  PutRoles,
  UpdatePerson,
  Versioned,
  VersionedOrAsked,
} from '#contract/people.ts'
import { Id } from '#contract/shapes.ts'
import type { Access } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { findPeople, readPerson } from './read-people.ts'
import { createPerson, putRoles, updatePerson } from './write-people.ts'

const READ = {
  resource: 'person',
  action: 'read',
  grants: [{ roles: ['system-admin', 'secretary', 'director', 'deputy'], relation: 'organization' }],
} satisfies Access

/** Keeping the lists of people right is the system administrator's duty (6.5). */
const WRITE = {
  resource: 'person',
  action: 'write',
  grants: [{ roles: ['system-admin'], relation: 'organization' }],
} satisfies Access

const One = z.strictObject({ personId: Id })
const lock = ({ params }: { params: { personId: string } }) => [`person:${params.personId}`]

export const peopleOperations: Operation[] = [
  operation({
    id: 'people.list',
    summary: 'People of the organisation by name',
    method: 'GET',
    path: '/api/people',
    access: READ,
    query: PeopleQuery,
    answer: People,
    handle: (call, { query }) => findPeople(call, query),
  }),
  operation({
    id: 'people.read',
    summary: 'One person: roles, groups, relatives, state of access',
    method: 'GET',
    path: '/api/people/:personId',
    access: READ,
    params: One,
    answer: Person,
    handle: (call, { params }) => readPerson(call, params.personId),
  }),
  operation({
    id: 'people.create',
    summary: 'Add a person',
    method: 'POST',
    path: '/api/people',
    access: WRITE,
    body: CreatePerson,
    stepUp: true,
    answer: CreatedPerson,
    // Two who add the same person at once must see each other.
    locks: () => ['people'],
    handle: (call, { body }) => createPerson(call, body),
  }),
  operation({
    id: 'people.update',
    summary: 'Change name and contacts of a person',
    method: 'PUT',
    path: '/api/people/:personId',
    access: WRITE,
    params: One,
    body: UpdatePerson,
    answer: Versioned,
    locks: lock,
    handle: (call, { params, body }) => updatePerson(call, params.personId, body),
  }),
  operation({
    id: 'people.put-roles',
    summary: 'Give a person a set of roles with dates; privileged ones wait for a second person',
    method: 'PUT',
    path: '/api/people/:personId/roles',
    access: WRITE,
    params: One,
    body: PutRoles,
    stepUp: true,
    answer: VersionedOrAsked,
    locks: lock,
    handle: (call, { params, body }) => putRoles(call, params.personId, body),
  }),
]
