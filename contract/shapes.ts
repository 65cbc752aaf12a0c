import { z } from 'zod'
import { normalPassword } from '#domain/people/sign-in-text.ts'

// zod's own date check accepts only real calendar days, so 31 November never reaches a rule.
/** A calendar day «YYYY-MM-DD» that exists, from 1901 to 2199: no school knows others, nor does every reckoning. */
export const Day = z.iso.date().refine((day) => day >= '1901-01-01' && day < '2200-01-01')

/** Identifier of any record: a UUID made by the server, or by the client for its own operations. */
export const Id = z.uuid()

/** Version of a record: 0 before it was ever written, then one more at each change. */
export const Version = z.int32().min(0)

/** A person's name as shown: «Иванов Пётр Сергеевич». */
export const Name = z.string()

/** A password on its way in, written one way whatever device it was typed on. */
export const Password = z.string().max(400).overwrite(normalPassword).min(1).max(200)

/** An empty answer. */
export const Nothing = z.strictObject({})
export type Nothing = z.infer<typeof Nothing>
