import type { AccessNews } from '#contract/session.ts'
import { moment } from './formats.ts'

const words: Record<string, string> = {
  'account.issue': 'доступ выдан',
  'account.first-password': 'выдан новый первый пароль',
  'account.enable': 'доступ открыт',
  'account.disable': 'доступ закрыт',
  'second-factor.reset': 'второй фактор снят',
}

/** «12 ноября, 12:00: доступ выдан — Ким Чжи Хун». */
export const accessNewsText = ({ action, at, by }: AccessNews): string =>
  `${moment(at)}: ${words[action] ?? action} — ${by ?? 'с консоли сервера'}`
