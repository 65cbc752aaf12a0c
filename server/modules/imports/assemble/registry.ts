import type { Day } from '#domain/calendar/day.ts'
import type { Answers, FaultCode, Place, Report } from '../faults.ts'
import { questionId } from '../faults.ts'
import type { KnownCentre } from '../known-centre.ts'
import { nobodyKnown } from '../known-centre.ts'
import type { Mention } from '../sheet/cells.ts'
import type { ClassLabel } from '../values/class-labels.ts'
import { classLabel } from '../values/class-labels.ts'
import type { PersonName } from '../values/names.ts'
import { mentions } from '../values/names.ts'
import { isSubject, subjectKey } from '../values/subjects.ts'
import { ROOM_PREFIX } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'
import { dayOf } from '../values/times.ts'
import { type Explained, explained, misanswered, subjectCalled } from './explained.ts'
import { nearest } from './nearest.ts'
import { NAME_WITH_BIRTH } from './spelling.words.ts'

type Known = { key: string; name: PersonName }
type Child = Known & { classKey: string; birthDate: Day }

/** People by key, and by full and family name for mentions. */
export type People<Person extends Known> = {
  byKey: Map<string, Person>
  byName: Map<string, Person[]>
  byFamily: Map<string, Person[]>
}

/** Everybody and everything other files may mention; each look-up reports what it cannot find. */
export type Registry = {
  report: Report
  /** What the journal has already; it is referred to and not read again. */
  known: KnownCentre
  answers: Answers
  staff: People<Known>
  children: People<Child>
  classes: Map<string, ClassLabel>
  subjects: Map<string, string>
  /** Those of them that are asked about. */
  unheard: Set<string>
  explained: Explained
  rooms: Map<string, string>
  /** How many more names are searched for a similar one: each search goes over everybody. */
  hintsLeft: number
  /** Cells in which keyed records stand, for checks made later. */
  places: Map<string, Place>
}

const MAX_HINTS = 100

/** What is known and answered before the tables are put together. */
export type Given = { known?: KnownCentre | undefined; answers?: Answers | undefined }

/** What somebody has said of a question about who is who, or null. */
export function answerOf({ answers }: Registry, place: Place, code: FaultCode): 'same' | 'other' | null {
  const id = questionId(place, code)
  if (answers.same.has(id)) return 'same'
  return answers.other.has(id) ? 'other' : null
}

/** A registry that knows nobody yet. */
export function makeRegistry(report: Report, given: Given = {}): Registry {
  return {
    report,
    known: given.known ?? nobodyKnown(),
    answers: given.answers ?? { same: new Set(), other: new Set() },
    staff: noPeople(),
    children: noPeople(),
    hintsLeft: MAX_HINTS,
    classes: new Map(),
    subjects: new Map(),
    unheard: new Set(),
    explained: new Map(),
    rooms: new Map(),
    places: new Map(),
  }
}

/** Makes a person known to later mentions. */
export function addPerson<Person extends Known>(people: People<Person>, person: Person): void {
  const full = fold(person.name.full)
  const family = full.split(' ')[0] ?? ''
  people.byKey.set(person.key, person)
  addTo(people.byName, full, person)
  addTo(people.byFamily, family, person)
}

function addTo<Person>(lists: Map<string, Person[]>, key: string, person: Person): void {
  const list = lists.get(key)
  if (list) list.push(person)
  else lists.set(key, [person])
}

/** Key of the one member of the staff a mention means, in full or with initials. */
export function findStaff(registry: Registry, { text, at }: Mention): string | null {
  const { staff, report } = registry
  const found = matching(staff, text)
  if (found.length === 1) return found[0]?.key ?? null
  if (found.length > 1) {
    report(at, 'person-ambiguous', text, { among: namesOf(found) })
    return null
  }
  const only = (name: string): string | null => {
    const [one, another] = matching(staff, name)
    return another === undefined ? (one?.key ?? null) : null
  }
  const meant = { keyOf: only, isThere: (key: string) => staff.byKey.has(key) }
  const key = explained(registry, { kind: 'staff', text }, meant)
  if (key === null)
    report(at, 'teacher-unknown', text, {
      ...nearHint(registry, text, fullNames(staff)),
      ...misanswered(registry, 'staff', text),
    })
  return key
}

/** Key of the one child a mention means; the class it is listed under tells namesakes apart. */
export function findChild(registry: Registry, mention: Mention, classUnit: Mention | null): string | null {
  const { children, report } = registry
  const { at } = mention
  const { text, birthDate } = withBirthDate(mention.text)
  const named = matching(children, text)
  const found = birthDate === null ? named : named.filter((child) => child.birthDate === birthDate)
  const asked = classUnit && classCalled(registry, classUnit.text)
  const inClass = found.filter(({ classKey }) => asked === null || classKey === asked)
  const [only, ...others] = inClass.length === 0 ? found : inClass
  if (only === undefined) report(at, 'child-unknown', text, nearHint(registry, text, fullNames(children)))
  else if (others.length > 0) report(at, 'person-ambiguous', text, { among: childrenIn(registry, found) })
  if (only === undefined || others.length > 0) return null
  if (inClass.length === 0) {
    const listed = labelOf(registry, only.classKey)
    report(classUnit?.at ?? at, 'child-class-differs', text, { said: classUnit?.text ?? '', listed })
  }
  return only.key
}

/** A name and the day of birth that may be written after it, in brackets or not. */
function withBirthDate(text: string): { text: string; birthDate: Day | null } {
  const found = NAME_WITH_BIRTH.exec(text)
  const birthDate = dayOf(found?.[2] ?? null)
  return birthDate === null ? { text, birthDate } : { text: found?.[1] ?? text, birthDate }
}

function childrenIn(registry: Registry, children: Child[]): string {
  return children
    .map(({ name, classKey, birthDate }) => {
      const label = labelOf(registry, classKey)
      return `${name.full} (${[label, birthDate.split('-').reverse().join('.')].filter(Boolean).join(', ')})`
    })
    .join('; ')
}

/** A class as it is shown; the key when it is not known. */
export function labelOf({ classes, known }: Registry, key: string): string {
  return (classes.get(key) ?? known.classes.find((one) => one.key === key))?.label ?? key
}

/** Key of a class of this intake. */
export function findClass(registry: Registry, { text, at }: Mention): string | null {
  const key = classCalled(registry, text)
  const all = classesOf(registry)
  if (key !== null && all.some((one) => one.key === key)) return key
  registry.report(at, 'class-unknown', text, {
    classes: all.map(({ label }) => label).join(', '),
    ...misanswered(registry, 'class', text),
  })
  return null
}

const classesOf = ({ classes, known }: Registry): ClassLabel[] => [
  ...classes.values(),
  ...known.classes.filter((one) => !classes.has(one.key)),
]

// Of no class of this intake: as the label reads.
function classCalled(registry: Registry, text: string): string | null {
  const own = classLabel(text)?.key ?? null
  const isThere = (key: string): boolean => classesOf(registry).some((one) => one.key === key)
  if (own !== null && isThere(own)) return own
  const meant = { keyOf: (name: string) => classLabel(name)?.key ?? null, isThere }
  return explained(registry, { kind: 'class', text }, meant) ?? own
}

/** Key of a subject of the curriculum, by any of its usual spellings. */
export function findSubject(registry: Registry, { text, at }: Mention): string | null {
  const { subjects, known, report } = registry
  const { key } = subjectCalled(registry, text)
  if (subjects.has(key) || known.subjects.some((one) => one.key === key)) return key
  const names = [...subjects.values(), ...known.subjects.map(({ name }) => name)]
  report(at, 'subject-unknown', text, {
    ...nearHint(registry, text, names),
    ...misanswered(registry, 'subject', text),
  })
  return null
}

/** Key of a subject that need not be taught here, as in marks of a home school; one nobody has heard of is asked about. */
export function learnSubject(registry: Registry, mention: Mention): string {
  const { key, name } = subjectCalled(registry, mention.text)
  if (isHeard(registry, key)) return key
  if (key === subjectKey(mention.text)) askOfNew(registry, mention)
  registry.subjects.set(key, name)
  return key
}

/** Whether a subject is the journal's or this folder's, and nobody need be asked about it. */
export function isHeard({ subjects, unheard, known }: Registry, key: string): boolean {
  return known.subjects.some((one) => one.key === key) || (subjects.has(key) && !unheard.has(key))
}

/**
 * A name that neither the journal nor the usual words for subjects know may be a slip, and would be a subject of its own
 * for good: each file that has it waits. Once it is taken the journal knows it, and nobody is asked again.
 */
export function askOfNew(registry: Registry, { text, at }: Mention): void {
  const { subjects, unheard, known, report } = registry
  if (isSubject(text)) return
  const key = subjectKey(text)
  const names = [...subjects, ...known.subjects.map((one) => [one.key, one.name] as const)]
  const others = names.flatMap(([other, name]) => (other === key ? [] : [name]))
  unheard.add(key)
  report(at, 'subject-new', text, {
    ...nearHint(registry, text, others),
    ...misanswered(registry, 'subject', text),
  })
}

/** The cell in which the same has been said before, with its file when that is another one. */
export function saidAt(first: Place | undefined, at: Place): Record<string, string> {
  if (first === undefined || first.cell === null) return {}
  return { cell: first.file === at.file ? first.cell : `${first.cell}, ${first.file}` }
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
  if (exact !== undefined) return onceEach(exact)
  return onceEach((byFamily.get(folded.split(' ')[0] ?? '') ?? []).filter(({ name }) => mentions(text, name)))
}

// Whose name was corrected is known by both names.
function onceEach<Person extends Known>(people: Person[]): Person[] {
  return [...new Map(people.map((one) => [one.key, one])).values()]
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
