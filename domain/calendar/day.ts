/** A calendar day as `YYYY-MM-DD`; strings of this shape sort by time. */
export type Day = `${number}-${number}-${number}`

/** A run of days, both ends included; `to: null` means it has no end yet. */
export type Span = { from: Day; to: Day | null }

/** Whether the day lies in the span, its first and last days included. */
export function covers(span: Span, day: Day): boolean {
  return span.from <= day && (span.to === null || day <= span.to)
}
