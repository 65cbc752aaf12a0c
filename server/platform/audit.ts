import type { Call } from './call.ts'
import { rows } from './db.ts'

/** What was done to what; `detail` holds codes and numbers, never names, passwords or contacts. */
export type AuditLine = {
  action: string
  resource: string
  resourceId?: string | null
  detail?: Record<string, unknown>
}

const RECORD = `
insert into audit_event (organization_id, action, resource, resource_id, actor_id, operation_id, detail, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`

/** Adds the audit line of a write to its own transaction; without an actor it was the console of the server. */
export async function recordAudit({ tx, actor, operationId, now }: Call, line: AuditLine): Promise<void> {
  const detail = line.detail ? JSON.stringify(line.detail) : null
  const who = [actor.personId || null, operationId, detail, now]
  await rows(tx, RECORD, [actor.organizationId, line.action, line.resource, line.resourceId ?? null, ...who])
}
