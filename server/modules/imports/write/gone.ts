import { type Day, schoolYearOf } from '#domain/calendar/day.ts'
import { intakeNumber } from '../readers/titles.ts'
import type { Kind, Source } from './records.ts'
import type { ImportKey } from './write-intake.sql.ts'

// What one list speaks for: its school year, the class of a child, the plan of a topic, the group of a member, or all of its kind.
const SCOPES: Partial<Record<Kind, (key: string, classOf: (child: string) => string) => string>> = {
  'calendar-event': eventScope,
  'grading-period': (key) => part(key, 0),
  bell: () => '',
  staff: () => '',
  'student-person': (key, classOf) => classOf(key),
  'guardian-link': (key, classOf) => classOf(key.split('|').slice(-2).join('|')),
  subgroup: (key) => part(key, 0),
  'activity-group': () => '',
  'corrective-group': () => '',
  member: (key) => key.split('|').slice(0, -2).join('|'),
  'curriculum-line': (key) => part(key, 0),
  'lesson-plan-item': (key) => key.split('|').slice(0, -1).join('|'),
  journal: (key) => (key.startsWith('club|') ? 'club' : part(key, 2)),
  'timetable-slot': (key) => (part(key, 2) === 'club' ? 'club' : part(key, 4)),
  procedure: () => '',
  'incoming-mark': (key) => key.split('|').slice(0, -2).join('|'),
}

// The calendar of one intake need not name the others.
function eventScope(key: string): string {
  return intakeNumber(part(key, 0)) === null ? schoolYearOf(key.split('|').at(-1) as Day) : key
}

const part = (key: string, index: number): string => key.split('|')[index] ?? ''

type Read = { read: string[]; known: Iterable<ImportKey>; source: Source }

/**
 * Rows of earlier imports that this folder no longer has, as far as its tables speak of them: a list of one class says
 * nothing of the others, and a table with fewer than half of the rows that are known is an excerpt and says nothing of
 * the rest.
 */
export function goneKeys(kind: Kind, { read, known, source }: Read): { kind: Kind; key: string }[] {
  const scopeOf = SCOPES[kind]
  if (scopeOf === undefined) return []
  const classes = new Map(
    [...source.known.students, ...source.data.students].map(({ key, classKey }) => [key, classKey]),
  )
  const classOf = (child: string): string => classes.get(child) ?? '?'
  const present = countBy(read, (key) => scopeOf(key, classOf))
  const here = new Set(read)
  const missing = [...known].flatMap((one) =>
    one.kind === kind && !here.has(one.natural_key) ? [one.natural_key] : [],
  )
  const lost = countBy(missing, (key) => scopeOf(key, classOf))
  return missing
    .filter((key) => {
      const scope = scopeOf(key, classOf)
      return (present.get(scope) ?? 0) >= (lost.get(scope) ?? 0)
    })
    .map((key) => ({ kind, key }))
}

function countBy(keys: string[], scopeOf: (key: string) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(scopeOf(key), (counts.get(scopeOf(key)) ?? 0) + 1)
  return counts
}
