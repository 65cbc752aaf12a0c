import type { GradingPeriod } from '#contract/grading-periods.ts'
import type { Day } from '#domain/calendar/day.ts'
import type { PeriodScene } from '#domain/lessons/grading-period.ts'
import { shownName } from '#modules/names/index.ts'
import type { Call } from '#platform/call.ts'
import { rows } from '#platform/db.ts'

type Listed = Omit<GradingPeriod, 'state' | 'from' | 'openUntil'> & {
  from: Day
  openUntil: Day | null
  closed: boolean
}

const READ = `
select p.id, p.version, p.name, p.grade_from as "gradeFrom", p.grade_to as "gradeTo", p.starts_on::text as "from",
  p.ends_on::text as "to", p.closed_at is not null as closed, p.open_until::text as "openUntil", p.reason,
  case when d.id is not null then ${shownName('d')} end as "decidedBy",
  case when p.closed_at is not null then (select to_json(h.at) #>> '{}' from history h
    where h.organization_id = $1 and h.kind = 'grading_period' and h.record_id = p.id and h.version = p.version)
  end as "decidedAt"
from grading_period p left join person d on d.organization_id = $1 and d.id = p.decided_by
where p.organization_id = $1
order by p.starts_on desc, p.grade_from, natural_key(p.name) collate "C", p.id`

export function readPeriodRows({ tx, actor }: Call): Promise<Listed[]> {
  return rows<Listed>(tx, READ, [actor.organizationId])
}

export type PeriodRow = PeriodScene & { version: number }

const READ_ONE = `
select starts_on::text as "startsOn", closed_at is not null as closed, open_until::text as "openUntil", version
from grading_period where organization_id = $1 and id = $2`

export async function readPeriodRow({ tx, actor }: Call, id: string): Promise<PeriodRow | undefined> {
  return (await rows<PeriodRow>(tx, READ_ONE, [actor.organizationId, id]))[0]
}

const CLOSE = `
update grading_period set closed_at = $5, open_until = null, reason = $6, decided_by = $4, version = version + 1
where organization_id = $1 and id = $2 and version = $3 returning id`

export type Closing = { id: string; version: number; reason: string }

/** Closes the period as it stands in this version; whether it did. */
export async function closePeriodRow({ tx, actor, now }: Call, closing: Closing): Promise<boolean> {
  const { id, version, reason } = closing
  const values = [actor.organizationId, id, version, actor.personId, now, reason]
  return (await rows(tx, CLOSE, values)).length > 0
}

const REOPEN = `
update grading_period set open_until = $5, reason = $6, decided_by = $4, version = version + 1
where organization_id = $1 and id = $2 and version = $3 and closed_at is not null returning id`

/** Opens the period as it stands in this version until a day; whether it did. */
export async function reopenPeriodRow(
  { tx, actor }: Call,
  { id, version, reason, openUntil }: Closing & { openUntil: string },
): Promise<boolean> {
  const values = [actor.organizationId, id, version, actor.personId, openUntil, reason]
  return (await rows(tx, REOPEN, values)).length > 0
}
