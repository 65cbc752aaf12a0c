import type { TimeZone } from '#domain/calendar/time-zones.ts'

/** How people name the hours they live by. */
export const zoneWords: Record<TimeZone, string> = {
  'Europe/Kaliningrad': 'Калининград (Москва −1 ч)',
  'Europe/Moscow': 'Москва',
  'Europe/Samara': 'Самара (Москва +1 ч)',
  'Asia/Yekaterinburg': 'Екатеринбург (Москва +2 ч)',
  'Asia/Omsk': 'Омск (Москва +3 ч)',
  'Asia/Krasnoyarsk': 'Красноярск, Новосибирск (Москва +4 ч)',
  'Asia/Irkutsk': 'Иркутск (Москва +5 ч)',
  'Asia/Yakutsk': 'Якутск, Чита (Москва +6 ч)',
  'Asia/Vladivostok': 'Владивосток (Москва +7 ч)',
  'Asia/Magadan': 'Магадан, Сахалин (Москва +8 ч)',
  'Asia/Kamchatka': 'Камчатка (Москва +9 ч)',
}
