import type { AccessEvent } from '#contract/approvals.ts'
import { searchWords } from '#domain/people/search.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

const PAGE_SIZE = 50

/** What the page of given access shows, of everything the audit knows about people and accounts. */
const ACTIONS = [
  'person.create',
  'roles.put',
  'roles.import',
  'account.issue',
  'account.first-password',
  'account.enable',
  'account.disable',
  'approval.ask',
  'approval.confirm',
  'approval.decline',
  'approval.withdraw',
  'rescue.confirm',
  'rescue.first-password',
  'rescue.administrator',
  'rescue.second-factor',
  'second-factor.set-up',
  'second-factor.remove',
  'second-factor.reset',
]

const name = (person: string) => `nullif(${shownName(person)}, '')`

const LIST = `
select e.id, e.action, e.at, ${name('actor')} as by, p.id as "personId", ${name('p')} as person,
  ${name('asker')} as asker, coalesce(e.detail->'roles', '[]') as roles, count(*) over () as total
from audit_event e
left join account a on e.resource = 'account' and a.organization_id = $1 and a.id = e.resource_id
left join person p on p.organization_id = $1 and p.id = case when e.resource = 'account' then a.person_id else e.resource_id end
left join person actor on actor.organization_id = $1 and actor.id = e.actor_id
left join person asker on asker.organization_id = $1 and asker.id = (e.detail->>'askerId')::uuid
where e.organization_id = $1 and e.resource in ('account', 'person') and e.action = any ($2)
  and name_found(concat_ws(' ', p.name_key, actor.name_key, asker.name_key), $3)
order by e.id desc limit ${PAGE_SIZE} offset $4`

type Row = Omit<AccessEvent, 'at' | 'roles'> & { at: Date; roles: AccessEvent['roles']; total: number }

/** A page of who gave, took or confirmed access and roles, newest first, by words of any of the names. */
export async function listAccessEvents(
  { tx, actor }: Call,
  { query, page }: { query: string; page: number },
): Promise<{ events: AccessEvent[]; pages: number }> {
  const values = [actor.organizationId, ACTIONS, searchWords(query), (page - 1) * PAGE_SIZE]
  const found = await rows<Row>(tx, LIST, values)
  const events = found.map(({ total: _, at, roles, ...event }) => ({
    ...event,
    at: at.toISOString(),
    roles: roles.map(({ role, from, to }) => ({ role, from, to })),
  }))
  return { events, pages: Math.max(1, Math.ceil((found[0]?.total ?? 0) / PAGE_SIZE)) }
}
