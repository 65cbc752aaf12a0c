import type { Role } from '#domain/access/access.ts'

export const roleWords: Record<Role, string> = {
  director: 'директор',
  deputy: 'заместитель директора',
  'system-admin': 'системный администратор',
  'journal-officer': 'ответственный за журнал',
  secretary: 'секретарь',
  teacher: 'учитель',
  'homeroom-teacher': 'классный руководитель',
  'activity-teacher': 'педагог дополнительного образования',
  carer: 'воспитатель',
  specialist: 'специалист',
  student: 'воспитанник',
  guardian: 'законный представитель',
}
