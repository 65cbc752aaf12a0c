import type { People, PeopleQuery, Person } from '#contract/people.ts'
import { proposedLogin } from '#domain/people/login.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { listPeople, readPersonRow } from './people.sql.ts'

/** A page of the people of the organisation, found by the beginnings of their names. */
export async function findPeople(call: Call, query: PeopleQuery): Promise<People> {
  return { ...(await listPeople(call, query)), page: query.page }
}

/** One person with roles, groups, relatives and the state of access. */
export async function readPerson(call: Call, id: string): Promise<Person> {
  const row = await readPersonRow(call, id)
  if (!row) throw new NotFound()
  return { ...row, proposedLogin: proposedLogin(row) }
}
