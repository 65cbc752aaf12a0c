import type { Approval } from '#contract/approvals.ts'
import { daySpan } from '#web/formats.ts'
import { roleWords } from '#web/role-words.ts'

export const kindTitles: Record<Approval['kind'], string> = {
  roles: 'Особые роли',
  account: 'Логин и первый пароль',
  'first-password': 'Новый первый пароль',
  'open-account': 'Открыть доступ',
  'close-account': 'Закрыть доступ',
  'second-factor': 'Снять второй фактор',
}

/** «заместитель директора с 12 ноября». */
export const spanText = ({ role, from, to }: Approval['after'][number]): string =>
  `${roleWords[role]} ${to ? daySpan(from, to) : `с ${daySpan(from, from)}`}`

export const actionWords: Record<string, string> = {
  'person.create': 'человек добавлен',
  'roles.put': 'роли изменены',
  'roles.import': 'роль загружена таблицей',
  'account.issue': 'доступ выдан',
  'account.first-password': 'выдан новый первый пароль',
  'account.enable': 'доступ открыт',
  'account.disable': 'доступ закрыт',
  'approval.ask': 'запрос на подтверждение',
  'approval.confirm': 'запрос подтверждён',
  'approval.decline': 'запрос отклонён',
  'approval.withdraw': 'запрос отозван',
  'rescue.confirm': 'запрос подтверждён с консоли',
  'rescue.first-password': 'пароль заменён с консоли',
  'rescue.administrator': 'роль администратора дана с консоли',
  'rescue.second-factor': 'второй фактор снят с консоли',
  'second-factor.set-up': 'второй фактор включён',
  'second-factor.remove': 'второй фактор выключен',
  'second-factor.reset': 'второй фактор снят',
}
