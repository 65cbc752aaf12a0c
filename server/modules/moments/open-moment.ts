import type { MomentOverview, OpenMoment } from '#contract/moments.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Moments } from '#platform/backup/moments.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'

type Done = Record<string, never>

/** Which moment is open beside the journal, is being opened, or could not be; none where nobody here keeps copies. */
export async function readMoment({ backups }: Call): Promise<MomentOverview> {
  return { moment: backups?.moments.state() ?? null }
}

/** Begins to open a moment, which takes its time; refused while another is there, and for one that has not come. */
export async function openMoment(call: Call, { at }: OpenMoment): Promise<Done> {
  const moments = own(call)
  await recordAudit(call, { action: 'moment.open', resource: 'moment', detail: { at } })
  const refusal = moments.open(new Date(at))
  if (refusal) throw new Refused(refusal, { path: 'at' })
  return {}
}

/** Closes it, or gives up opening it; nothing of it stays on the disk. */
export async function closeMoment(call: Call): Promise<Done> {
  const moments = own(call)
  if (!moments.state()) return {}
  await recordAudit(call, { action: 'moment.close', resource: 'moment' })
  moments.close()
  return {}
}

/** Moments of the copies this program keeps; refused where the database is somebody else's to copy. */
export function own({ backups }: Call): Moments {
  if (!backups) throw new Refused('backups-elsewhere')
  return backups.moments
}

/** The moment that is open; refused when none is, and for whoever sees none of these places as what is not there. */
export function openedAt({ backups }: Call, places: readonly unknown[]): string {
  if (places.length === 0) throw new NotFound()
  const moment = backups?.moments.state()
  if (moment?.stage !== 'open') throw new Refused('moment-closed')
  return moment.at
}
