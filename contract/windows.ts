import { z } from 'zod'
import { Day, Id, Name, Version } from './shapes.ts'

const named = z.strictObject({ id: Id, name: z.string() })

/** Past lessons opened again for late entry (4.4, 4.5): of one journal or of one teacher, until a day. */
export const EntryWindow = z.strictObject({
  id: Id,
  journal: named.nullable(),
  teacher: named.nullable(),
  from: Day,
  to: Day,
  openUntil: Day,
  reason: z.string(),
  openedBy: Name,
  openedAt: z.string().nullable(),
  /** Open now: neither closed by hand nor run out. */
  active: z.boolean(),
  closed: z.boolean(),
  version: Version,
})
export type EntryWindow = z.infer<typeof EntryWindow>

/** Opened windows, open ones first; journals and teachers to choose from for whoever may open another. */
export const EntryWindows = z.strictObject({
  today: Day,
  windowDays: z.number().int(),
  mayOpen: z.boolean(),
  windows: z.array(EntryWindow),
  journals: z.array(named),
  teachers: z.array(named),
})
export type EntryWindows = z.infer<typeof EntryWindows>

/** What to open: lessons of `from`–`to` of one journal, or of everything one teacher teaches. */
export const OpenWindow = z
  .strictObject({
    journalId: Id.optional(),
    teacherId: Id.optional(),
    from: Day,
    to: Day,
    openUntil: Day,
    reason: z.string().trim().min(3).max(300),
  })
  .refine(({ journalId, teacherId }) => (journalId === undefined) !== (teacherId === undefined), {
    path: ['teacherId'],
  })
export type OpenWindow = z.infer<typeof OpenWindow>

export const OpenedWindow = z.strictObject({ id: Id, version: Version })
export type OpenedWindow = z.infer<typeof OpenedWindow>

/** Closing is the only change: the window stays in the list with who opened it and why. */
export const CloseWindow = z.strictObject({ closed: z.literal(true), version: Version })
export type CloseWindow = z.infer<typeof CloseWindow>
