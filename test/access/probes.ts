import type { Probe } from './probe.ts'
import { accountProbes, peopleProbes } from './probes/accounts.ts'
import { approvalProbes } from './probes/approvals.ts'
import { auditProbes } from './probes/audit.ts'
import { backupProbes } from './probes/backups.ts'
import { controlProbes } from './probes/control.ts'
import { diaryProbes } from './probes/diary.ts'
import { eventProbes } from './probes/events.ts'
import { gradebookProbes } from './probes/gradebook.ts'
import { lessonProbes } from './probes/lessons.ts'
import { momentProbes } from './probes/moments.ts'
import { secondFactorProbes } from './probes/second-factor.ts'
import { settingsProbes } from './probes/settings.ts'

/** A valid request of every operation for an object in every relation, and who may make it. */
export const probes: Record<string, Probe> = {
  ...accountProbes,
  ...approvalProbes,
  ...auditProbes,
  ...backupProbes,
  ...controlProbes,
  ...diaryProbes,
  ...eventProbes,
  ...gradebookProbes,
  ...lessonProbes,
  ...momentProbes,
  ...peopleProbes,
  ...secondFactorProbes,
  ...settingsProbes,
}
