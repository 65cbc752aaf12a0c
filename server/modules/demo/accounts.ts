import { nthLogin, proposedLogin } from '#domain/people/login.ts'
import { newId } from '#platform/ids.ts'
import type { AccountRow, PersonFact } from './demo.sql.ts'
import { DEMO_LOGINS } from './texts.words.ts'

const byLessons = (one: PersonFact, other: PersonFact): number => other.lessons_today - one.lessons_today
const only = ({ roles }: PersonFact, role: string): boolean => roles.length === 1 && roles[0] === role

/**
 * Whose account shows a role best: nobody with other roles if possible, with lessons today if the role teaches. The
 * shown child is one of the shown guardian's two, and the shown homeroom teacher leads that child's class.
 */
export function shownFor(
  role: string,
  people: PersonFact[],
  taken: ReadonlySet<string>,
): PersonFact | undefined {
  const having = people.filter(({ id, roles }) => roles?.includes(role) && !taken.has(id)).sort(byLessons)
  const family = familyOf(people)
  if (role === 'guardian') return family.guardian
  if (role === 'student') return family.child
  if (role === 'homeroom-teacher') return having.find(({ id }) => id === family.child?.homeroom) ?? having[0]
  return having.find((one) => only(one, role)) ?? having[0]
}

// The elder child is in a class with marks and homework, the younger in another.
function familyOf(people: PersonFact[]): { guardian?: PersonFact; child?: PersonFact } {
  const byId = new Map(people.map((one) => [one.id, one]))
  const families = people.flatMap((guardian) => {
    const children = guardian.children.flatMap((id) => byId.get(id) ?? [])
    const [younger, elder] = children.sort((a, b) => (a.grade ?? 0) - (b.grade ?? 0))
    if (children.length !== 2 || !younger || !elder || younger.grade === elder.grade) return []
    return [{ guardian, child: elder }]
  })
  return families.sort((a, b) => (b.child.grade ?? 0) - (a.child.grade ?? 0))[0] ?? {}
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
