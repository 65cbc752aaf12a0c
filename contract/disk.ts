import { z } from 'zod'

/** How full the disk under the journal is: hundredths taken, megabytes left; null while there is room enough. */
export const DiskState = z.strictObject({
  warning: z
    .strictObject({ percent: z.number().int().min(0).max(100), freeMegabytes: z.number().int().min(0) })
    .nullable(),
})
export type DiskState = z.infer<typeof DiskState>
