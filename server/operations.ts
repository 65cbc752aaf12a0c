import { accountOperations } from '#modules/accounts/index.ts'
import { approvalOperations } from '#modules/approvals/index.ts'
import { auditOperations } from '#modules/audit/index.ts'
import { backupOperations, lostEntryOperations } from '#modules/backups/index.ts'
import { controlOperations } from '#modules/control/index.ts'
import { decisionOperations } from '#modules/decisions/index.ts'
import { diaryOperations } from '#modules/diary/index.ts'
import { eventOperations } from '#modules/events/index.ts'
import { gradebookOperations } from '#modules/gradebook/index.ts'
import { gradingPeriodOperations } from '#modules/grading-periods/index.ts'
import { grantingOperations } from '#modules/granting/index.ts'
import { journalOperations } from '#modules/journals/index.ts'
import { lessonOperations } from '#modules/lessons/index.ts'
import { momentOperations } from '#modules/moments/index.ts'
import { peopleOperations } from '#modules/people/index.ts'
import { referralOperations } from '#modules/referrals/index.ts'
import { secondFactorOperations } from '#modules/second-factor/index.ts'
import { settingsOperations } from '#modules/settings/index.ts'
import { setupOperations } from '#modules/setup/index.ts'
import { windowOperations } from '#modules/windows/index.ts'
import type { Operation } from '#platform/operation.ts'

/** Every operation there is. What is not listed here does not exist: routes, OpenAPI and the access matrix read it. */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...approvalOperations,
  ...auditOperations,
  ...backupOperations,
  ...controlOperations,
  ...decisionOperations,
  ...diaryOperations,
  ...eventOperations,
  ...gradebookOperations,
  ...gradingPeriodOperations,
  ...grantingOperations,
  ...journalOperations,
  ...lessonOperations,
  ...momentOperations,
  ...peopleOperations,
  ...referralOperations,
  ...lostEntryOperations,
  ...secondFactorOperations,
  ...settingsOperations,
  ...setupOperations,
  ...windowOperations,
]
