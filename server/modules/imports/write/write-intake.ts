import type { Day } from '#domain/calendar/day.ts'
import { insertDefaults } from '#modules/settings/index.ts'
import { type Database, ownersOwn, type Tx, transact } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { IntakeData } from '../intake-data.ts'
import type { KnownCentre } from '../known-centre.ts'
import { nobodyKnown } from '../known-centre.ts'
import { fold } from '../values/text.ts'
import { centreKinds } from './centre-records.ts'
import { clearDaysOff, type DaysOff } from './days-off.ts'
import { groupKinds } from './group-records.ts'
import { readKnown } from './known.sql.ts'
import { shortNameOf } from './names.words.ts'
import { peopleKinds } from './people-records.ts'
import type { IdOf, Kind, RecordKind, Row, Source } from './records.ts'
import { teachingKinds } from './teaching-records.ts'
import { timetableKinds } from './timetable-records.ts'
import {
  addOrganization,
  type ImportKey,
  inOrganization,
  type KnownOrganization,
  keepExplained,
  organizationsOf,
  otherClassesOf,
  readKeys,
  refreshStatistics,
  saveRun,
  todayOf,
} from './write-intake.sql.ts'
import { type KindSummary, RowsCollide, type Writing, writeKind } from './write-kind.ts'

/** What an import did; `gone` are records the folder no longer has, which stay as they are. */
export type ImportSummary = {
  organizationId: string
  kinds: KindSummary[]
  gone: { kind: Kind; key: string }[]
  daysOff: DaysOff
}

/** Why nothing could be written. */
export type ImportRefusal =
  | 'no-intake'
  | 'no-name'
  | 'several-organizations'
  | 'demo'
  | 'class-changed'
  | 'rows-collide'
  | 'period-closed'

export class ImportRefused extends Error {
  readonly refusal: ImportRefusal
  /** Who or what it is about, for the person at the terminal. */
  readonly about: readonly string[]
  constructor(refusal: ImportRefusal, about: readonly string[] = []) {
    super(refusal)
    this.refusal = refusal
    this.about = about
  }
}

export type WriteOptions = {
  now: Date
  /** A new organisation is marked as a demo. */
  isDemo?: boolean
  /** Everything is tried and then taken back. */
  dryRun?: boolean
  /** What the spreadsheets were compared with. */
  known?: KnownCentre | undefined
}

const kinds: RecordKind[] = [
  ...centreKinds,
  ...peopleKinds,
  ...groupKinds,
  ...teachingKinds,
  ...timetableKinds,
]

/**
 * Writes what a folder's sound files say in one transaction: new rows are created, changed rows change their
 * record, the same rows change nothing, vanished rows are told of. Creates the organisation when there is none.
 */
export async function writeIntake(
  database: Database,
  data: IntakeData,
  { now, isDemo = false, dryRun = false, known = nobodyKnown() }: WriteOptions,
): Promise<ImportSummary> {
  if (data.intake === null) throw new ImportRefused('no-intake')
  const only = await organizationMeant(database, data.organizationName)
  // Every account of a demo has the password that is printed, and the demo is emptied when its week is over.
  if (only?.is_demo && !isDemo) throw new ImportRefused('demo')
  const organizationId = only?.id ?? newId(now.getTime())
  const undo = new Undone()
  const summary = await transact(ownersOwn(database), [inOrganization(organizationId, now)], async (tx) => {
    if (only === undefined) await create(tx, { id: organizationId, name: data.organizationName, isDemo })
    await insertDefaults(tx, organizationId)
    undo.summary = await writeKinds({ tx, organizationId, now }, data, known)
    if (dryRun) throw undo
    return { value: undo.summary }
  }).catch((error: unknown) => {
    if (error === undo && undo.summary) return undo.summary
    if (error instanceof RowsCollide)
      throw new ImportRefused('rows-collide', [error.key.replaceAll('|', ', ')])
    if (constraintOf(error) === 'period_open') throw new ImportRefused('period-closed')
    throw error
  })
  await refreshStatistics(database)
  return summary
}

const constraintOf = (error: unknown): unknown =>
  error instanceof Error && 'constraint' in error ? error.constraint : undefined

// Thrown to roll a rehearsal back.
class Undone extends Error {
  summary: ImportSummary | null = null
}

type Wanted = { id: string; name: string | null; isDemo: boolean }

async function create(tx: Tx, { id, name, isDemo }: Wanted): Promise<void> {
  if (name === null) throw new ImportRefused('no-name')
  await addOrganization(tx, { id, name: name.slice(0, 300), shortName: shortNameOf(name), isDemo })
}

/** The organisation of this installation that a name means, or undefined when there is none yet. */
export async function organizationMeant(
  database: Database,
  said: string | null,
): Promise<KnownOrganization | undefined> {
  const all = await organizationsOf(database)
  const [only, another] = all.filter(({ name }) => all.length === 1 || name === said)
  if (all.length > 0 && (only === undefined || another !== undefined))
    throw new ImportRefused('several-organizations')
  return only
}

/** What the journal knows of the centre and intake that spreadsheets speak of; nobody when there is no journal yet. */
export async function knownCentre(
  database: Database,
  { organizationName, intake }: Pick<IntakeData, 'organizationName' | 'intake'>,
  now: Date,
): Promise<KnownCentre> {
  const organization = await organizationMeant(database, organizationName)
  if (organization === undefined) return nobodyKnown()
  const today = now.toISOString().slice(0, 10) as Day
  return readKnown(database, { organizationId: organization.id, intake, today })
}

function explainedRows({ explained }: IntakeData, idOf: IdOf, now: Date): Row[] {
  return explained.map(({ kind, said, key }) => ({
    ...{ id: newId(now.getTime()), kind, said: fold(said) },
    subject_id: kind === 'subject' ? idOf('subject', key) : null,
    person_id: kind === 'staff' ? idOf('staff', key) : null,
    class_key: kind === 'class' ? key : null,
  }))
}

type Under = { tx: Tx; organizationId: string; now: Date }

async function writeKinds(
  { tx, organizationId, now }: Under,
  data: IntakeData,
  known: KnownCentre,
): Promise<ImportSummary> {
  const keys = new Map<string, ImportKey>()
  const learnKeys = async (intakeId: string | null): Promise<void> => {
    for (const one of await readKeys(tx, organizationId, intakeId))
      keys.set(`${one.kind}|${one.natural_key}`, one)
  }
  await learnKeys(null)
  const fresh = new Map(known.ids)
  const idOf: IdOf = (kind, key) => {
    const at = `${kind}|${key}`
    const id = keys.get(at)?.record_id ?? fresh.get(at) ?? newId(now.getTime())
    fresh.set(at, id)
    return id
  }
  const today = await todayOf(tx, organizationId, now)
  const writing: Writing = { tx, organizationId, intakeId: null, keys, fresh, made: known.ids, idOf }
  const summary: ImportSummary = {
    ...{ organizationId, kinds: [], gone: [] },
    daysOff: { takenAway: 0, kept: [] },
  }
  const intakeKey = data.intake?.key ?? ''
  for (const one of kinds) {
    // Asked anew for each kind: an intake that was made by hand is known only after its own kind.
    const source: Source = { data, idOf, intakeId: idOf('intake', intakeKey), today, known }
    if (one.kind === 'lesson') summary.daysOff = await clearDaysOff({ tx, organizationId, now }, source)
    if (one.kind === 'member') await refuseClassChange(tx, source)
    const { gone, ...counts } = await writeKind(writing, one, source)
    summary.kinds.push(counts)
    summary.gone.push(...gone)
    if (one.kind === 'intake') {
      writing.intakeId = idOf('intake', intakeKey)
      await learnKeys(writing.intakeId)
    }
  }
  await keepExplained(tx, organizationId, explainedRows(data, idOf, now))
  const counts = Object.fromEntries(summary.kinds.map(({ kind, ...count }) => [kind, count]))
  const intakeId = idOf('intake', intakeKey)
  await saveRun(tx, organizationId, { id: newId(now.getTime()), now, summary: counts, intakeId })
  return summary
}

/** A child's class is part of its legal record: a spreadsheet may not move it, lessons and marks would stay behind. */
async function refuseClassChange(tx: Tx, { data, idOf }: Source): Promise<void> {
  const wanted = data.students.map(({ key, classKey, arrivesOn, leavesOn }) => ({
    student: idOf('student-person', key),
    group: idOf('class', classKey),
    from: arrivesOn,
    to: leavesOn,
  }))
  const moved = await otherClassesOf(tx, wanted)
  if (moved.length > 0) throw new ImportRefused('class-changed', moved)
}
