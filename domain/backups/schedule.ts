const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/** The hour of the night at which copies are made: nobody teaches, and a morning is left to mend what failed. */
const NIGHT = 2 * HOUR
/** A copy of the evening does for the night. */
const FRESH = 4 * HOUR

/**
 * When the next copy is due, in milliseconds: the first two o'clock of the server's own night that comes four hours or
 * more after the last copy; at once when there is none. `offsetMinutes` is how far its clock is ahead of UTC.
 */
export function nextBackupAt(lastTo: number | null, offsetMinutes: number): number {
  if (lastTo === null) return 0
  const shift = offsetMinutes * 60 * 1000 - NIGHT
  return Math.ceil((lastTo + FRESH + shift) / DAY) * DAY - shift
}
