import type { AuthorsReturn, KnownLoss, Losses } from '#contract/restores.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

// Every record that was made or changed since has left a version with the moment of its recording.
const LOSSES = `
select count(*) filter (where kind = 'lesson_record')::int as lessons,
  count(*) filter (where kind = 'mark')::int as marks,
  count(*) filter (where kind = 'attendance')::int as attendance,
  count(*) filter (where kind = 'homework')::int as homework,
  count(*) filter (where kind = 'person')::int as people,
  count(*) filter (where kind not in ('lesson_record', 'mark', 'attendance', 'homework', 'person'))::int as others
from (select distinct kind, record_id from history where organization_id = $1 and at > $2) as later`

/** How many records of each kind were made or changed after a moment. */
export async function readLosses({ tx, actor }: Call, to: Date): Promise<Omit<Losses, 'minutes'>> {
  const [found] = await rows<Omit<Losses, 'minutes'>>(tx, LOSSES, [actor.organizationId, to])
  if (!found) throw new Error('a count without an answer')
  return found
}

const AUTHORS = `
select actor_id as "personId", count(distinct (kind, record_id))::int as records
from history where organization_id = $1 and at > $2 and actor_id is not null
group by actor_id order by records desc, actor_id`

/** What goes by going back to a moment, as it is carried over into the restored journal: people by their ids alone. */
export type CarriedLoss = Omit<Losses, 'minutes'> & { authors: { personId: string; records: number }[] }

/** The losses with those who made the entries. */
export async function readCarriedLoss(call: Call, to: Date): Promise<CarriedLoss> {
  const { tx, actor } = call
  const authors = await rows<{ personId: string; records: number }>(tx, AUTHORS, [actor.organizationId, to])
  return { ...(await readLosses(call, to)), authors }
}

// Of the newest restore alone: what an earlier one has lost is no longer news.
const KNOWN = `
select (a.detail -> 'lost') - 'authors' as counts, a.at, (a.detail ->> 'until')::timestamptz as until,
  (select coalesce(json_agg(json_build_object('name', nullif(${shownName('p')}, ''), 'records', w.records)
      order by w.records desc, p.name_key, w."personId"), '[]'::json)
    from jsonb_to_recordset(a.detail -> 'lost' -> 'authors') as w("personId" uuid, records int)
    left join person p on p.organization_id = $1 and p.id = w."personId") as authors
from audit_event a join last_restore() r on r.at = a.at
where a.organization_id = $1 and a.action = 'backup.restore-asked' and a.detail ? 'lost'
order by a.id desc limit 1`

type KnownRow = Pick<KnownLoss, 'authors'> & { counts: Omit<Losses, 'minutes'>; at: Date; until: Date }

/** What is known to have been lost by the newest restore; null where nobody could tell. */
export async function readKnownLoss({ tx, actor }: Call): Promise<KnownLoss | null> {
  const [found] = await rows<KnownRow>(tx, KNOWN, [actor.organizationId])
  if (!found) return null
  const { counts, at, until, authors } = found
  return { ...counts, authors, at: at.toISOString(), until: until.toISOString() }
}

const GIVEN_BACK = `
select nullif(${shownName('p')}, '') as name, sum((a.detail ->> 'entered')::int)::int as entered,
  sum((a.detail ->> 'putAside')::int)::int as "putAside"
from audit_event a join last_restore() r on a.at >= r.at
left join person p on p.organization_id = $1 and p.id = a.actor_id
where a.organization_id = $1 and a.action = 'lost-entries.give-back'
group by a.actor_id, p.id, p.organization_id
order by entered desc, "putAside" desc, p.name_key, a.actor_id`

/** What authors have decided since the newest restore about what their browsers still had. */
export const readGivenBack = ({ tx, actor }: Call): Promise<AuthorsReturn[]> =>
  rows<AuthorsReturn>(tx, GIVEN_BACK, [actor.organizationId])
