import { type Probe, plain } from '../probe.ts'
import { CONTROL, FOREIGN, TEACHERS } from '../rights.ts'

export const eventProbes: Record<string, Probe> = {
  'events.hear': plain([...new Set([...CONTROL, ...TEACHERS, ...FOREIGN])]),
}
