import { ControlList, ControlQuery, ControlSpan, ControlSummary } from '#contract/control.ts'
import { DiskState } from '#contract/disk.ts'
import { type Access, CONTROL } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { readControl, readControlSummary } from './read-control.ts'

/** Those who answer for how the journal is kept see all of it, homeroom teachers their class (6.2–6.4). */
const READ_CONTROL = {
  resource: 'control',
  action: 'read',
  grants: [
    { roles: CONTROL, relation: 'organization' },
    { roles: ['homeroom-teacher'], relation: 'homeroom-class' },
  ],
} satisfies Access

export const controlOperations: Operation[] = [
  operation({
    id: 'control.read',
    summary: 'Lessons that have ended: what is not filled, late or substituted, by teacher, class and day',
    method: 'GET',
    path: '/api/control',
    access: READ_CONTROL,
    query: ControlQuery,
    answer: ControlList,
    handle: (call, { query }) => readControl(call, query),
  }),
  operation({
    id: 'control.summary',
    summary: 'The same lessons as one page of figures',
    method: 'GET',
    path: '/api/control/summary',
    access: READ_CONTROL,
    query: ControlSpan,
    answer: ControlSummary,
    handle: (call, { query }) => readControlSummary(call, query),
  }),
  operation({
    id: 'disk.read',
    summary: 'How full the disk under the journal is, once it is time to make room',
    method: 'GET',
    path: '/api/disk',
    access: {
      resource: 'disk',
      action: 'read',
      grants: [{ roles: ['director', 'system-admin'], relation: 'organization' }],
    },
    answer: DiskState,
    handle: async (call) => ({ warning: call.diskWarning() }),
  }),
]
