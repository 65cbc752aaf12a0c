import { on, type Probe, plain } from '../probe.ts'
import { CHILDREN, CONTROL, FAMILIES, FOREIGN, READ_DIARY } from '../rights.ts'

export const diaryProbes: Record<string, Probe> = {
  'children.read': plain(FAMILIES),
  // Families ask the homeroom teacher (4.6); carers sit over the homework.
  'diary.students': plain([...CONTROL, 'homeroom', 'homeroom8', 'carer', ...FOREIGN]),
  'diary.read': on(CHILDREN, READ_DIARY, (studentId) => ({ params: { studentId } })),
}
