import type { Refusal } from '#domain/refusal.ts'

/** Not there, or not yours: from outside the two are one. */
export class NotFound extends Error {}

/** What may go with a refusal: numbers of the cells it is about, or records as they stand now. */
export type RefusalDetail = {
  cells?: number[]
  current?: unknown[]
  currentRecord?: Record<string, unknown>
  path?: string
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
