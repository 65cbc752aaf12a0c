import { counted } from './formats.ts'

/** «45 минут», «1 час 20 минут» of minutes. */
export function timeText(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts = [
    hours > 0 && counted(hours, 'час', 'часа', 'часов'),
    (rest > 0 || hours === 0) && counted(rest, 'минута', 'минуты', 'минут'),
  ]
  return parts.filter(Boolean).join(' ')
}
