import { on, type Probe, plain } from '../probe.ts'
import { CHILDREN, FAMILIES, READ_DIARY } from '../rights.ts'

export const diaryProbes: Record<string, Probe> = {
  'children.read': plain(FAMILIES),
  'diary.read': on(CHILDREN, READ_DIARY, (studentId) => ({ params: { studentId } })),
}
