import { z } from 'zod'
import {
  AuditChoices,
  AuditExport,
  AuditPage,
  AuditQuery,
  BulkReads,
  ExportAudit,
  NotePrint,
  SeeBulkRead,
} from '#contract/audit.ts'
import { Versioned } from '#contract/people.ts'
import { Id, Nothing } from '#contract/shapes.ts'
import { type Access, EVERYONE, type Grant } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { noteUsage } from '#platform/usage.ts'
import { listBulkReads, seeBulkRead } from './bulk-reads.ts'
import { exportAudit, readAudit, readChoices } from './read-audit.ts'

/** Who did, came and read is seen by the director and by who answers for access (6.2, 6.5). */
const seen = [{ roles: ['director', 'system-admin'], relation: 'organization' }] satisfies Grant[]
const AUDIT = { resource: 'audit', action: 'read', grants: seen } satisfies Access

const bulk = (action: 'read' | 'write') =>
  ({
    resource: 'bulk-read',
    action,
    grants: [{ roles: ['journal-officer', 'director'], relation: 'organization' }],
  }) satisfies Access

export const auditOperations: Operation[] = [
  operation({
    id: 'audit.read',
    summary: 'What was done, who came, who opened what; the newest first',
    method: 'GET',
    path: '/api/audit',
    access: AUDIT,
    query: AuditQuery,
    answer: AuditPage,
    handle: (call, { query }) => readAudit(call, query),
  }),
  operation({
    id: 'audit.choices',
    summary: 'People, children and actions to search the list of events by',
    method: 'GET',
    path: '/api/audit/choices',
    access: AUDIT,
    answer: AuditChoices,
    handle: (call) => readChoices(call),
  }),
  operation({
    id: 'audit.export',
    summary: 'Lines of the list of events as a table for a spreadsheet',
    method: 'POST',
    path: '/api/audit/exports',
    access: { resource: 'export', action: 'write', grants: seen },
    body: ExportAudit,
    answer: AuditExport,
    // Thousands of names are not kept once more beside the operation.
    secret: true,
    stepUp: true,
    handle: (call, { body }) => exportAudit(call, body),
  }),
  operation({
    id: 'audit.note-print',
    summary: 'Note that a page was printed',
    method: 'POST',
    path: '/api/prints',
    access: { resource: 'print', action: 'write', grants: [{ roles: EVERYONE, relation: 'own-account' }] },
    body: NotePrint,
    answer: Nothing,
    handle: async (call, { body }) => {
      noteUsage(call, { kind: 'printed', ...body })
      return {}
    },
  }),
  operation({
    id: 'bulk-reads.list',
    summary: 'Bursts in which somebody opened the data of more than a hundred children',
    method: 'GET',
    path: '/api/bulk-reads',
    access: bulk('read'),
    answer: BulkReads,
    handle: (call) => listBulkReads(call),
  }),
  operation({
    id: 'bulk-reads.see',
    summary: 'Say that such a burst was looked at',
    method: 'PUT',
    path: '/api/bulk-reads/:id',
    access: bulk('write'),
    params: z.strictObject({ id: Id }),
    body: SeeBulkRead,
    answer: Versioned,
    locks: ({ params }) => [`bulk-read:${params.id}`],
    handle: (call, { params, body }) => seeBulkRead(call, params.id, body),
  }),
]
