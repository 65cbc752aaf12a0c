import { nameKey as letterKey } from '#domain/people/name-key.ts'
import type { StaffRecord } from '../intake-data.ts'
import type { KnownStaff } from '../known-centre.ts'
import type { StaffRow } from '../readers/staff.ts'
import type { Mention } from '../sheet/cells.ts'
import type { PersonName } from '../values/names.ts'
import { nameKey } from '../values/names.ts'
import { fold } from '../values/text.ts'
import { isOtherFamily, isOtherSpelling, nameToKeep } from './likeness.ts'
import { addKnown } from './people.ts'
import { addPerson, answerOf, findClass, learnRoom, type Registry } from './registry.ts'

/**
 * The staff. A second person of the same name is refused, as initials could mean either; one whose name may have been
 * corrected is asked about.
 */
export function assembleStaff(rows: StaffRow[], registry: Registry): StaffRecord[] {
  const staff = new Map<string, StaffRecord>()
  const known = registry.known.staff
  const listed = new Set(rows.map(({ name }) => namedSo(name, known)?.key))
  const missing = known.filter(({ key }) => !listed.has(key))
  for (const row of rows) {
    const before = namedSo(row.name, known) ?? corrected(row, missing, registry)
    const key = before?.key ?? nameKey(row.name)
    if (isRepeated(row, key, staff, registry)) continue
    staff.set(key, toMember(row, { key, before }, registry))
    // Other tables may still call the person as before.
    if (before !== null) addPerson(registry.staff, { key, name: before.name })
    addPerson(registry.staff, { key, name: row.name })
    registry.places.set(`staff|${key}`, row.at)
  }
  addKnown(registry.staff, known, staff)
  return [...staff.values()]
}

function namedSo(name: PersonName, known: KnownStaff[]): KnownStaff | null {
  const same = known.find((one) => letterKey(one.name.full) === letterKey(name.full))
  return same ?? known.find(({ key }) => key === nameKey(name)) ?? null
}

type Standing = { key: string; before: KnownStaff | null }

function toMember(
  { at: _, room, homeroom, ...row }: StaffRow,
  { key, before }: Standing,
  registry: Registry,
) {
  const homeroomClassKey = homeroom === null ? null : findClass(registry, homeroom)
  takeHomeroom(homeroomClassKey, homeroom, registry)
  const roles = homeroomClassKey === null ? row.roles : [...row.roles, 'homeroom-teacher' as const]
  const name = nameToKeep(row.name, before?.name ?? row.name)
  return { key, ...row, name, roles, roomKey: learnRoom(registry, room), homeroomClassKey }
}

function isRepeated(
  { at, name }: StaffRow,
  key: string,
  staff: ReadonlyMap<string, StaffRecord>,
  registry: Registry,
): boolean {
  const cell = (of: string): string => registry.places.get(`staff|${of}`)?.cell ?? ''
  if (staff.has(key)) {
    registry.report(at, 'teacher-duplicated', name.full, { cell: cell(key) })
    return true
  }
  const likely = [...staff.values()].find((one) => isOtherSpelling(one.name, name))
  if (likely === undefined) return false
  registry.report(at, 'staff-probably-duplicated', name.full, { cell: cell(likely.key) })
  return answerOf(registry, at, 'staff-probably-duplicated') === 'same'
}

/** The person of the journal, not in this list under the own name, whom a row may mean; taken when somebody says so. */
function corrected(row: StaffRow, missing: KnownStaff[], registry: Registry): KnownStaff | null {
  const likely = missing.find((one) => isLikely(one, row, registry.known.staff))
  if (likely === undefined) return null
  registry.report(row.at, 'staff-corrected', row.name.full, { name: likely.name.full })
  return answerOf(registry, row.at, 'staff-corrected') === 'same' ? likely : null
}

// A telephone or an address several people share tells nobody.
function isLikely(one: KnownStaff, row: StaffRow, known: KnownStaff[]): boolean {
  if (isOtherSpelling(one.name, row.name)) return true
  const reaches = (of: 'phone' | 'email'): boolean =>
    row[of] !== null && row[of] === one[of] && known.filter((other) => other[of] === row[of]).length === 1
  if (reaches('phone') || reaches('email')) return true
  return isOtherFamily(one.name, row.name) && fold(one.position) === fold(row.positions.join(', '))
}

function takeHomeroom(classKey: string | null, mention: Mention | null, { places, report }: Registry): void {
  if (classKey === null || mention === null) return
  const { text, at } = mention
  const key = `homeroom|${classKey}`
  const cell = places.get(key)?.cell
  if (cell) report(at, 'rows-differ', text, { cell })
  else places.set(key, at)
}
