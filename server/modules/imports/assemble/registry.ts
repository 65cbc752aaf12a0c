import type { Place, Report } from '../faults.ts'
import type { Mention } from '../sheet/cells.ts'
import type { ClassLabel } from '../values/class-labels.ts'
import { classLabel } from '../values/class-labels.ts'
import type { PersonName } from '../values/names.ts'
import { mentions } from '../values/names.ts'
import { isSubject, subjectKey, subjectName } from '../values/subjects.ts'
import { ROOM_PREFIX } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'
import { nearest } from './nearest.ts'

type Known = { key: string; name: PersonName }
type Child = Known & { classKey: string }

/** People by key, and by full and family name for mentions. */
export type People<Person extends Known> = {
  byKey: Map<string, Person>
  byName: Map<string, Person[]>
  byFamily: Map<string, Person[]>
}

/** Everybody and everything other files may mention; each look-up reports what it cannot find. */
export type Registry = {
  report: Report
  staff: People<Known>
  children: People<Child>
  classes: Map<string, ClassLabel>
  subjects: Map<string, string>
  rooms: Map<string, string>
  /** How many more names are searched for a similar one: each search goes over everybody. */
  hintsLeft: number
  /** Cells in which keyed records stand, for checks made later. */
  places: Map<string, Place>
}

const MAX_HINTS = 100

/** A registry that knows nobody yet. */
export function makeRegistry(report: Report): Registry {
  return {
    report,
    staff: noPeople(),
    children: noPeople(),
    hintsLeft: MAX_HINTS,
    classes: new Map(),
    subjects: new Map(),
    rooms: new Map(),
    places: new Map(),
  }
}

/** Makes a person known to later mentions. */
export function addPerson<Person extends Known>(people: People<Person>, person: Person): void {
  const full = fold(person.name.full)
  const family = full.split(' ')[0] ?? ''
  people.byKey.set(person.key, person)
  people.byName.set(full, [...(people.byName.get(full) ?? []), person])
  people.byFamily.set(family, [...(people.byFamily.get(family) ?? []), person])
}

/** Key of the one member of the staff a mention means, in full or with initials. */
export function findStaff(registry: Registry, { text, at }: Mention): string | null {
  const { staff, report } = registry
  const found = matching(staff, text)
  if (found.length === 1) return found[0]?.key ?? null
  if (found.length > 1) report(at, 'person-ambiguous', text, { among: namesOf(found) })
  else report(at, 'teacher-unknown', text, nearHint(registry, text, fullNames(staff)))
  return null
}

/** Key of the one child a mention means; the class it is listed under tells namesakes apart. */
export function findChild(registry: Registry, mention: Mention, classUnit: Mention | null): string | null {
  const { children, report } = registry
  const { text, at } = mention
  const found = matching(children, text)
  const asked = classUnit === null ? undefined : classLabel(classUnit.text)?.key
  const inClass = found.filter(({ classKey }) => asked === undefined || classKey === asked)
  const [only, ...others] = inClass.length === 0 ? found : inClass
  if (only === undefined) report(at, 'child-unknown', text, nearHint(registry, text, fullNames(children)))
  else if (others.length > 0) report(at, 'person-ambiguous', text, { among: namesOf(found) })
  if (only === undefined || others.length > 0) return null
  if (inClass.length === 0) {
    const listed = registry.classes.get(only.classKey)?.label ?? only.classKey
    report(classUnit?.at ?? at, 'child-class-differs', text, { said: classUnit?.text ?? '', listed })
  }
  return only.key
}

/** Key of a class of this intake. */
export function findClass({ classes, report }: Registry, { text, at }: Mention): string | null {
  const key = classLabel(text)?.key
  if (key !== undefined && classes.has(key)) return key
  report(at, 'class-unknown', text, { classes: [...classes.values()].map(({ label }) => label).join(', ') })
  return null
}

/** Key of a subject of the curriculum, by any of its usual spellings. */
export function findSubject(registry: Registry, { text, at }: Mention): string | null {
  const { subjects, report } = registry
  const key = subjectKey(text)
  if (subjects.has(key)) return key
  report(at, 'subject-unknown', text, nearHint(registry, text, [...subjects.values()]))
  return null
}

/** Key of a subject that need not be taught here, as in marks of a home school. */
export function learnSubject({ subjects }: Registry, { text }: Mention): string {
  const key = subjectKey(text)
  if (!subjects.has(key)) subjects.set(key, isSubject(text) ? subjectName(text) : text)
  return key
}

/** Key of a room, with or without «каб.» before its number; rooms are known by being mentioned. */
export function learnRoom({ rooms }: Registry, text: string | null): string | null {
  if (text === null) return null
  const name = text.replace(new RegExp(ROOM_PREFIX.source, 'i'), '')
  const key = fold(name)
  if (!rooms.has(key)) rooms.set(key, name)
  return key
}

function noPeople<Person extends Known>(): People<Person> {
  return { byKey: new Map(), byName: new Map(), byFamily: new Map() }
}

function matching<Person extends Known>({ byName, byFamily }: People<Person>, text: string): Person[] {
  const folded = fold(text)
  const exact = byName.get(folded)
  if (exact !== undefined) return exact
  return (byFamily.get(folded.split(' ')[0] ?? '') ?? []).filter(({ name }) => mentions(text, name))
}

function nearHint(registry: Registry, text: string, names: string[]): Record<string, string> {
  if (registry.hintsLeft === 0) return {}
  registry.hintsLeft -= 1
  const near = nearest(text, names)
  return near === null ? {} : { near }
}

function fullNames({ byKey }: People<Known>): string[] {
  return [...byKey.values()].map(({ name }) => name.full)
}

function namesOf(people: Known[]): string {
  return people.map(({ name }) => name.full).join(', ')
}
