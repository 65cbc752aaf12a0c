import { z } from 'zod'
import { STAFF } from '#domain/access/second-factor.ts'
import { TIME_ZONES } from '#domain/calendar/time-zones.ts'
import { Id, Version } from './shapes.ts'

const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{C}<>]*$/u)

/** Names and zone of an organisation, as typed at first run and in settings. */
export const OrganizationNames = z.strictObject({
  name: line(300),
  shortName: line(120),
  timeZone: z.enum(TIME_ZONES),
})

const OPENERS = ['deputy', 'director', 'journal-officer'] as const

/** How late a record may be made (4.4, 4.5), who opens closed lessons, how long families see a finished stay. */
export const JournalRules = z.strictObject({
  entryWindowDays: z.number().int().min(0).max(366),
  windowOpenerRoles: z.array(z.enum(OPENERS)).max(OPENERS.length),
  familyAccessDays: z.number().int().min(0).max(3660),
  /** A lesson without homework, or a word that there is none, is a finding of the control desk. */
  homeworkExpected: z.boolean(),
})
export type JournalRules = z.infer<typeof JournalRules>

const workType = { name: line(60), short: line(10), weight: z.number().min(0).max(10).multipleOf(0.01) }

/** A kind of work («вид работы») with the weight proposed for it; an archived one is offered for nothing new. */
export const WorkType = z.strictObject({
  id: Id,
  version: Version,
  name: z.string(),
  short: z.string(),
  weight: z.number(),
  archived: z.boolean(),
})
export type WorkType = z.infer<typeof WorkType>

const flags = { absent: z.boolean(), counted: z.boolean() }

/** A sign of attendance («н», «б»): was the child away, and is that a miss. */
export const AttendanceCode = z.strictObject({
  id: Id,
  version: Version,
  code: z.string(),
  name: z.string(),
  ...flags,
})
export type AttendanceCode = z.infer<typeof AttendanceCode>

/** Who must have a second factor, and the days everybody has to set it up. */
export const SecondFactorRules = z.strictObject({
  roles: z.array(z.enum(STAFF)).max(STAFF.length),
  days: z.number().int().min(0).max(366),
})
export type SecondFactorRules = z.infer<typeof SecondFactorRules>

export const Settings = z.strictObject({
  organization: z.strictObject({ name: z.string(), shortName: z.string(), timeZone: z.string() }),
  journal: JournalRules.extend({ windowOpenerRoles: z.array(z.string()) }),
  secondFactor: SecondFactorRules,
  /** Of the organisation's names and of the journal's rules alike. */
  version: Version,
  workTypes: z.array(WorkType),
  attendanceCodes: z.array(AttendanceCode),
})
export type Settings = z.infer<typeof Settings>

export const PutOrganization = OrganizationNames.extend({ version: Version })
export type PutOrganization = z.infer<typeof PutOrganization>
export const PutJournalRules = JournalRules.extend({ version: Version })
export type PutJournalRules = z.infer<typeof PutJournalRules>

export const PutSecondFactorRules = SecondFactorRules.extend({ version: Version })
export type PutSecondFactorRules = z.infer<typeof PutSecondFactorRules>

export const AddWorkType = z.strictObject(workType)
export type AddWorkType = z.infer<typeof AddWorkType>
export const PutWorkType = z.strictObject({ ...workType, archived: z.boolean(), version: Version })
export type PutWorkType = z.infer<typeof PutWorkType>

// A digit would read as a mark, and space or dash as an empty cell.
const code = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(4)
  .regex(/^\p{L}+$/u)

export const AddAttendanceCode = z.strictObject({ code, name: line(60), ...flags })
export type AddAttendanceCode = z.infer<typeof AddAttendanceCode>
export const PutAttendanceCode = z.strictObject({ name: line(60), ...flags, version: Version })
export type PutAttendanceCode = z.infer<typeof PutAttendanceCode>

export const AddedSetting = z.strictObject({ id: Id })
export type AddedSetting = z.infer<typeof AddedSetting>
