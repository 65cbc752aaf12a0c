import { loadavg } from 'node:os'
import { quantile } from '../quantile.ts'
import type { Figure } from '../requests.ts'
import { SMALL } from '../seed.ts'
import { schoolOf } from './fill.ts'
import { type Seen, type Trial, tryOut } from './measure.ts'

const MB = 2 ** 20
const THREE_YEARS = 510
/** What may be lost: minutes before the disk was. */
const RPO_S = 300

const LARGE_TRIAL: Trial = {
  school: schoolOf(THREE_YEARS),
  ...{ teachers: 40, rounds: 2, quiet: 30, before: RPO_S + 60, away: false },
}
const QUARTER_TRIAL: Trial = {
  school: schoolOf(THREE_YEARS / 4),
  ...{ teachers: 40, rounds: 0, quiet: 5, before: 0, away: true },
}
const SMALL_TRIAL: Trial = {
  school: SMALL,
  ...{ teachers: 7, rounds: 1, quiet: 5, before: RPO_S + 30, away: false },
}

/**
 * Backups of three school years of 1 000 students and of a quarter of that: what a copy costs, who waits for it, and how
 * soon and how whole a journal comes back whose data were deleted. `small` tries it on one class.
 */
export async function measureBackup(small: boolean): Promise<Figure[]> {
  if (small) return figuresOf('small', await tryOut(SMALL_TRIAL))
  const quarter = await tryOut(QUARTER_TRIAL)
  const large = await tryOut(LARGE_TRIAL)
  return [
    ...figuresOf('a quarter', quarter),
    ...figuresOf('three years', large),
    ...growth(quarter, large),
    { name: 'load average of the machine', unit: 'processes', value: loadavg()[0] ?? Number.NaN },
  ]
}

function figuresOf(name: string, seen: Seen): Figure[] {
  const { peaks, recovery, ledger, lost, lostAt, away } = seen
  const told = (what: string, unit: string, value: number, atMost?: number): Figure => ({
    name: `${name}: ${what}`,
    unit,
    value,
    ...(atMost !== undefined && { atMost }),
  })
  const faults = [...ledger.others.values()].reduce((sum, one) => sum + one, 0)
  for (const [what, times] of ledger.others) console.warn(`${name}: ${times} × ${what}`)
  const overdue = lost.filter(({ at }) => at < lostAt - RPO_S * 1000)
  return [
    told('cluster', 'MB', seen.unpacked / MB),
    told('copy, sealed', 'MB', seen.sealed / MB),
    ...seen.copies.map((seconds, n) => told(`copy ${n + 1}`, 's', seconds)),
    told('server at most, no copy', 'MB', peaks.quiet.server),
    told('server at most, a copy', 'MB', peaks.copy.server, 250),
    told('server at most, its proof', 'MB', peaks.proof.server),
    told('PostgreSQL itself, no copy', 'MB', peaks.quiet.postgres),
    told('PostgreSQL itself, a copy', 'MB', peaks.copy.postgres),
    ...savesOf(seen).map(([what, unit, value, atMost]) => told(what, unit, value, atMost)),
    told('saves refused or unanswered', 'requests', faults, 0),
    ...(away ? figuresAway(away).map(([what, unit, value, atMost]) => told(what, unit, value, atMost)) : []),
    told('from the press to serving', 's', recovery.served, 300),
    told('of these restoring', 's', recovery.restored),
    told('restoring process at most', 'MB', recovery.memory),
    told('marks acknowledged', 'marks', ledger.saved.length),
    told('of the last minutes lost', 'marks', lost.length),
    told('oldest that is lost, before the loss', 's', (lostAt - (lost[0]?.at ?? lostAt)) / 1000, RPO_S),
    told('lost of those before the last 5 minutes', 'marks', overdue.length, 0),
    told('acknowledged before the last 5 minutes', 'marks', countBefore(seen)),
  ]
}

const countBefore = ({ ledger, lostAt }: Seen): number =>
  ledger.saved.filter(({ at }) => at < lostAt - RPO_S * 1000).length

type Told = [what: string, unit: string, value: number, atMost?: number]

function savesOf({ ledger }: Seen): Told[] {
  const p95 = (phase: string) =>
    quantile(
      ledger.saved.filter((one) => one.phase === phase).map(({ took }) => took),
      0.95,
    )
  const count = (phase: string) => ledger.saved.filter((one) => one.phase === phase).length
  return [
    ['saves without a copy, p95', 'ms', p95('quiet')],
    ['saves during a copy, p95', 'ms', p95('copy')],
    ['saves during its proof, p95', 'ms', p95('proof')],
    ['saves, a copy ÷ without', '×', p95('copy') / p95('quiet'), 1.5],
    ['saves, its proof ÷ without', '×', p95('proof') / p95('quiet')],
    ['of saves during a copy', 'saves', count('copy')],
    ['of saves without', 'saves', count('quiet')],
  ]
}

/** What is given up at 2 GB may have grown while the last of it was sealed. */
const AWAY_MB = 2048 + 512

const figuresAway = ({ most, own, anHour, newCopy }: Away): Told[] => [
  ['log kept while the folder is away, an hour of this load', 'MB', anHour],
  ['log kept at most, until it is given up', 'MB', most, AWAY_MB],
  ['log PostgreSQL keeps itself meanwhile', 'MB', own],
  ['a whole copy by itself once it is back, after', 's', newCopy],
]

type Away = NonNullable<Seen['away']>

/** A line through both sizes, told at 20 GB. */
function growth(quarter: Seen, large: Seen): Figure[] {
  const at20 = (value: (seen: Seen) => number) => {
    const slope = (value(large) - value(quarter)) / (large.unpacked - quarter.unpacked)
    return value(large) + slope * (20 * 2 ** 30 - large.unpacked)
  }
  const middle = ({ copies }: Seen) => quantile(copies, 0.5)
  return [
    {
      name: 'from the press to serving, a line to 20 GB',
      unit: 's',
      value: at20((seen) => seen.recovery.served),
      atMost: 1800,
    },
    { name: 'a copy, a line to 20 GB', unit: 's', value: at20(middle) },
  ]
}
