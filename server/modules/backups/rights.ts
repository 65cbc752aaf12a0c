import type { Access } from '#domain/access/access.ts'

/** Whether the journal would survive its disk is known to who answers for it and to who looks after it (2.3). */
export const READ = {
  resource: 'backup',
  action: 'read',
  grants: [{ roles: ['system-admin', 'director'], relation: 'organization' }],
} satisfies Access

export const WRITE = {
  resource: 'backup',
  action: 'write',
  grants: [{ roles: ['system-admin'], relation: 'organization' }],
} satisfies Access
