import { newId } from '#platform/ids.ts'
import { type Probe, plain } from '../probe.ts'
import { ADMINS, EVERYBODY, FOREIGN } from '../rights.ts'
import { ids, type Stage } from '../stage.ts'

const seers = ['director', ...ADMINS, ...FOREIGN] as const
const told = ['director', 'officer'] as const

/** Somebody who opened too much, not looked at yet. */
async function bulkRead({ database }: Stage, organization: string, person: string): Promise<string> {
  const id = newId()
  await database.owner.query(
    `insert into bulk_read (organization_id, id, person_id, children, first_at, last_at)
     values ($1, $2, $3, 101, '2026-11-12', '2026-11-12')`,
    [organization, id, person],
  )
  return id
}

const see = (id: string) => ({ params: { id }, body: { seen: true, version: 1 } })

export const auditProbes: Record<string, Probe> = {
  'audit.read': plain(seers, { query: { section: 'read' } }),
  'audit.choices': plain(seers),
  'audit.export': plain(seers, { body: { section: 'done' } }),
  'audit.note-print': plain(EVERYBODY, { body: { resource: 'diary', subjectId: ids.anna } }),
  'bulk-reads.list': plain([...told, ...FOREIGN]),
  'bulk-reads.see': {
    targets: {
      own: { ask: async (stage) => see(await bulkRead(stage, ids.school, ids.deputy)), may: told },
      foreign: {
        ask: async (stage) => see(await bulkRead(stage, ids.otherSchool, ids.otherSchoolTeacher)),
        may: FOREIGN,
      },
    },
    nothing: see(ids.nothing),
  },
}
