import type { Day } from '#domain/calendar/day.ts'
import { emailOf, phoneOf } from '#domain/people/contacts.ts'
import { contactWords } from '#domain/people/contacts.words.ts'
import { mayBeDouble } from '#domain/people/double.ts'
import { spellingDoubt } from '#domain/people/spelling.ts'
import type { Call } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { type Particulars, readAlike } from './write-people.sql.ts'

type Contacts = Pick<Particulars, 'email' | 'phone'>
const READ = { email: emailOf, phone: phoneOf }

/** Contacts in the form they are kept in. What stood before is kept as it is, whatever the rule says of it. */
export function keptContacts(typed: Contacts, standing: Contacts | null): Contacts {
  const faults: { path: string; message: string }[] = []
  const kept = (path: keyof Contacts): string | null => {
    const text = typed[path]
    if (text === null || text.trim() === standing?.[path]?.trim()) return standing?.[path] ?? null
    const read = READ[path](text)
    if (read === null) faults.push({ path, message: contactWords[path] })
    return read
  }
  const contacts = { email: kept('email'), phone: kept('phone') }
  if (faults.length > 0) throw new Refused('bad-shape', { faults })
  return contacts
}

type Answers = { id?: string; confirmDouble: boolean; confirmUnusual: boolean }

/** Refuses what needs an answer first: a person who may be there already, an unusual name or day of birth. */
export async function refuseDoubtful(
  call: Call,
  { birthOn, ...rest }: Particulars,
  { id, confirmDouble, confirmUnusual }: Answers,
): Promise<void> {
  const one = { ...rest, birthOn: birthOn as Day | null }
  if (!confirmDouble) {
    const alike = (await readAlike(call, one, id ?? null)).filter((other) => mayBeDouble(one, other))
    const people = alike.map(({ id, name, birthOn, place }) => ({ id, name, birthOn, place }))
    if (people.length > 0) throw new Refused('person-may-be-double', { people: people.slice(0, 10) })
  }
  const doubt = confirmUnusual ? null : spellingDoubt(one, call.today)
  if (doubt) throw new Refused(doubt, { path: doubt === 'birth-day-unlikely' ? 'birthOn' : 'lastName' })
}
