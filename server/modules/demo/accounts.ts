import { nthLogin, proposedLogin } from '#domain/people/login.ts'
import { newId } from '#platform/ids.ts'
import type { AccountRow, PersonFact } from './demo.sql.ts'
import { DEMO_LOGINS } from './texts.words.ts'

const byLessons = (one: PersonFact, other: PersonFact): number => other.lessons_today - one.lessons_today
const only = ({ roles }: PersonFact, role: string): boolean => roles.length === 1 && roles[0] === role

/** Whose account shows a role best: nobody with other roles if possible, with lessons today if the role teaches. */
export function shownFor(
  role: string,
  people: PersonFact[],
  taken: ReadonlySet<string>,
): PersonFact | undefined {
  const having = people.filter(({ id, roles }) => roles?.includes(role) && !taken.has(id)).sort(byLessons)
  if (role === 'guardian') return having.find(({ children }) => children === 2)
  // In the middle school: marks, homework and subgroups; there from the first day.
  if (role === 'student') {
    const first = having.map(({ since }) => since ?? '').sort()[0]
    return having.find(({ grade, since }) => grade === 7 && since === first) ?? having[0]
  }
  return having.find((one) => only(one, role)) ?? having[0]
}

/** An account for everybody: a simple login for one of each role, family name and initials for the others. */
export function demoAccounts(people: PersonFact[]): AccountRow[] {
  const shown = new Map<string, string>()
  for (const { role, login } of DEMO_LOGINS) {
    const person = shownFor(role, people, new Set(shown.keys()))
    if (person) shown.set(person.id, login)
  }
  const used = new Set<string>(DEMO_LOGINS.map(({ login }) => login))
  return [...new Map(people.map((one) => [one.id, one])).values()].map((person) => {
    const login = shown.get(person.id) ?? freeLogin(person, used)
    used.add(login)
    return { id: newId(), person_id: person.id, login }
  })
}

function freeLogin({ last_name, first_name, middle_name }: PersonFact, used: ReadonlySet<string>): string {
  const login = proposedLogin({ lastName: last_name, firstName: first_name, middleName: middle_name })
  let n = 1
  while (used.has(nthLogin(login, n))) n += 1
  return nthLogin(login, n)
}
