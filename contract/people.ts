import { z } from 'zod'
import { ROLES } from '#domain/access/access.ts'
import { APPROVAL_KINDS } from '#domain/access/approval.ts'
import { nameText } from '#domain/people/spelling.ts'
import { Day, Id, Name, Version } from './shapes.ts'

// No control or direction-changing characters and no markup: such a «name» is a mistake or an attack.
const CLEAN = /^[^\p{C}<>]*$/u
const namePart = z.string().overwrite(nameText).min(1).max(120).regex(CLEAN)

/** «фамилия, имя, отчество»; some people have no patronymic. */
export const FullName = z.strictObject({
  lastName: namePart,
  firstName: namePart,
  middleName: namePart.nullable(),
})

export const RoleCode = z.enum(ROLES)

/** Whom a list is about; one person may be in several. */
export const PersonKind = z.enum(['staff', 'students', 'guardians'])
export type PersonKind = z.infer<typeof PersonKind>

/** Where a person's access stands: no login yet, a first password waiting or too old, in use, closed. */
export const AccountState = z.enum(['none', 'first-password', 'first-password-expired', 'active', 'disabled'])
export type AccountState = z.infer<typeof AccountState>

export const PeopleQuery = z.strictObject({
  query: z.string().trim().max(100).optional(),
  kind: PersonKind.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type PeopleQuery = z.infer<typeof PeopleQuery>

/** One line of the list; `place` is the class of a child or the position of staff. */
export const PersonLine = z.strictObject({
  id: Id,
  name: Name,
  roles: z.array(RoleCode),
  place: z.string().nullable(),
  account: AccountState,
})
export type PersonLine = z.infer<typeof PersonLine>

export const People = z.strictObject({
  people: z.array(PersonLine),
  total: z.number().int(),
  page: z.number().int(),
  pages: z.number().int(),
})
export type People = z.infer<typeof People>

// What an address and a number may be is a rule of domain/people/contacts.ts, which what stands already is spared.
const contacts = {
  sex: z.enum(['female', 'male']).nullable(),
  birthOn: Day.nullable(),
  email: z.string().max(300).nullable(),
  phone: z.string().max(100).nullable(),
}

/** Answers to questions: the namesake is really another person; the unusual name or day of birth is really so. */
const answers = { confirmDouble: z.boolean().default(false), confirmUnusual: z.boolean().default(false) }

const Kin = z.strictObject({ id: Id, name: Name, kinship: z.string() })

/** A role on a closed span of days; without `to` it has no end yet. */
export const HeldRole = z.strictObject({ id: Id, role: RoleCode, from: Day, to: Day.nullable() })

/** One person with roles, groups and relatives; what is known of lessons and marks is not here. */
export const Person = z.strictObject({
  id: Id,
  version: Version,
  ...FullName.shape,
  ...contacts,
  name: Name,
  position: z.string().nullable(),
  roles: z.array(HeldRole),
  groups: z.array(
    z.strictObject({ id: Id, name: z.string(), kind: z.string(), from: Day, to: Day.nullable() }),
  ),
  guardians: z.array(Kin),
  children: z.array(Kin),
  account: z
    .strictObject({
      login: z.string(),
      state: AccountState,
      firstPasswordUntil: z.string().nullable(),
      lastSignInAt: z.string().nullable(),
      secondFactor: z.boolean(),
      version: Version,
    })
    .nullable(),
  /** The login that would be given now. */
  proposedLogin: z.string(),
  /** Access to this person is given by two. */
  guarded: z.boolean(),
  /** What waits for a second person. */
  requests: z.array(
    z.strictObject({ id: Id, number: z.number().int(), kind: z.enum(APPROVAL_KINDS), askedAt: z.string() }),
  ),
})
export type Person = z.infer<typeof Person>

const NewRole = z.strictObject({ role: RoleCode, from: Day, to: Day.nullable() })

/** A new person. */
export const CreatePerson = z.strictObject({
  ...FullName.shape,
  ...contacts,
  roles: z.array(NewRole).max(20),
  ...answers,
})
export type CreatePerson = z.infer<typeof CreatePerson>

/** `request`: roles that nobody gives alone wait under this id; everything else is there at once. */
export const CreatedPerson = z.strictObject({ id: Id, request: Id.nullable() })
export type CreatedPerson = z.infer<typeof CreatedPerson>

export const UpdatePerson = z.strictObject({ ...FullName.shape, ...contacts, version: Version, ...answers })
export type UpdatePerson = z.infer<typeof UpdatePerson>

/** The whole set of roles; what is known by `id` and missing here ends yesterday. `version` is the person's. */
export const PutRoles = z.strictObject({
  version: Version,
  roles: z.array(NewRole.extend({ id: Id.optional() })).max(40),
})
export type PutRoles = z.infer<typeof PutRoles>

/** `request`: what of it waits for a second person. */
export const VersionedOrAsked = z.strictObject({ version: Version, request: Id.nullable() })
export type VersionedOrAsked = z.infer<typeof VersionedOrAsked>

export const Versioned = z.strictObject({ version: Version })
export type Versioned = z.infer<typeof Versioned>
