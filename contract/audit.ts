import { z } from 'zod'
import { Day, Id, Name, Version } from './shapes.ts'

/** What was done, who came, who opened, printed or took out what. */
export const AUDIT_SECTIONS = ['done', 'came', 'read'] as const
export const AuditSection = z.enum(AUDIT_SECTIONS)
export type AuditSection = z.infer<typeof AuditSection>

/** Which lines are asked for; ids, since names do not belong into addresses. `before` is where the last page ended. */
export const AuditQuery = z.strictObject({
  section: AuditSection,
  personId: Id.optional(),
  childId: Id.optional(),
  action: z.string().max(60).optional(),
  from: Day.optional(),
  to: Day.optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type AuditQuery = z.infer<typeof AuditQuery>

/** One line: when, who, what was done to what, from where. Codes of actions are put into words by whoever shows them. */
export const AuditLine = z.strictObject({
  id: z.string(),
  at: z.string(),
  action: z.string(),
  /** Null for the console of the server and for attempts with a login nobody has. */
  who: Name.nullable(),
  resource: z.string(),
  /** The child, the person, the journal or the moment it was about. */
  about: z.string().nullable(),
  device: z.string().nullable(),
  /** Shortened: the network, not the household. */
  address: z.string().nullable(),
})
export type AuditLine = z.infer<typeof AuditLine>

export const AuditPage = z.strictObject({ lines: z.array(AuditLine), next: z.string().nullable() })
export type AuditPage = z.infer<typeof AuditPage>

const named = z.strictObject({ id: Id, name: Name })

/** People and children to choose from, and the actions there are lines of. */
export const AuditChoices = z.strictObject({
  people: z.array(named),
  children: z.array(named),
  actions: z.record(AuditSection, z.array(z.string())),
})
export type AuditChoices = z.infer<typeof AuditChoices>

export const ExportAudit = AuditQuery.omit({ before: true })
export type ExportAudit = z.infer<typeof ExportAudit>

/** A table of text for a spreadsheet; no cell of it can become a formula. */
export const AuditExport = z.strictObject({ fileName: z.string(), csv: z.string(), lines: z.number().int() })
export type AuditExport = z.infer<typeof AuditExport>

/** Somebody opened the data of more children one by one than work needs (S-09), until somebody has looked at it. */
export const BulkRead = z.strictObject({
  id: Id,
  who: Name,
  children: z.number().int(),
  firstAt: z.string(),
  lastAt: z.string(),
  seenBy: Name.nullable(),
  seenAt: z.string().nullable(),
  version: Version,
})
export type BulkRead = z.infer<typeof BulkRead>

/** Bursts not looked at yet, then those of the last month. */
export const BulkReads = z.strictObject({ reads: z.array(BulkRead) })
export type BulkReads = z.infer<typeof BulkReads>

export const SeeBulkRead = z.strictObject({ seen: z.literal(true), version: Version })
export type SeeBulkRead = z.infer<typeof SeeBulkRead>

/** A page of somebody's data is being printed; `subjectId` is the child or the journal on it. */
export const NotePrint = z.strictObject({
  resource: z.enum(['journal', 'lesson', 'diary', 'control', 'people', 'access', 'audit', 'other']),
  subjectId: Id.nullable(),
})
export type NotePrint = z.infer<typeof NotePrint>
