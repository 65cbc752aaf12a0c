/** Who a person is in the organisation («роль»); one person may hold several. */
export const ROLES = [
  'director',
  'deputy',
  'system-admin',
  'journal-officer',
  'secretary',
  'teacher',
  'homeroom-teacher',
  'activity-teacher',
  'carer',
  'specialist',
  'student',
  'guardian',
] as const
export type Role = (typeof ROLES)[number]

/**
 * How an actor stands to what is asked for. `organization`: anything of the own organisation; `own-journal`: the
 * journal or lesson one teaches by assignment; `substituted-lesson`: a lesson one was named substitute for;
 * `homeroom-class`: children of the class one leads; `own-child`: guardian of the child, or the child itself;
 * `own-account`: what is only about oneself.
 */
export const RELATIONS = [
  'organization',
  'own-journal',
  'substituted-lesson',
  'homeroom-class',
  'own-child',
  'own-account',
] as const
export type Relation = (typeof RELATIONS)[number]

/** Roles that may do something to objects they stand in this relation to. */
export type Grant = { roles: readonly Role[]; relation: Relation }

/** What an operation touches and for whom it exists: the single declaration of access (1.3, 2.1). */
export type Access =
  | { resource: string; action: 'read' | 'write'; open: 'public' }
  | { resource: string; action: 'read' | 'write'; grants: readonly Grant[] }

/** Relations in which these roles may use the operation; empty means that for them it does not exist. */
export function reachOf(access: Access, roles: readonly Role[]): ReadonlySet<Relation> {
  if ('open' in access) return new Set()
  const granted = access.grants.filter((grant) => grant.roles.some((role) => roles.includes(role)))
  return new Set(granted.map((grant) => grant.relation))
}

/** Those who teach by assignment: subject teachers, teachers of clubs, specialists with corrective groups (4.1, 4.3). */
export const TEACHING: readonly Role[] = ['teacher', 'homeroom-teacher', 'activity-teacher', 'specialist']
/** Those who answer for how the journal is kept (6.2, 6.3) and the officer who helps them. */
export const CONTROL: readonly Role[] = ['director', 'deputy', 'journal-officer']
export const FAMILY: readonly Role[] = ['student', 'guardian']
export const EVERYONE: readonly Role[] = ROLES
