import type { Refusal } from '#domain/refusal.ts'

/** Not there, or not yours: from outside the two are one. */
export class NotFound extends Error {}

/** What may go with a refusal: the cells or people it is about, records as they stand now, fields that are wrong. */
export type RefusalDetail = {
  people?: { id: string; name: string; birthOn: string | null; place: string | null }[]
  faults?: { path: string; message: string }[]
  cells?: number[]
  current?: unknown[]
  currentRecord?: Record<string, unknown>
  sameHour?: { startsAt: string; subject: string; group: string }[]
  path?: string
  /** Seconds until another attempt makes sense. */
  retryAfterS?: number
}

/** A rule said no. Nothing of the transaction stays. */
export class Refused extends Error {
  readonly refusal: Refusal
  readonly detail: RefusalDetail
  constructor(refusal: Refusal, detail: RefusalDetail = {}) {
    super(refusal)
    this.refusal = refusal
    this.detail = detail
  }
}
