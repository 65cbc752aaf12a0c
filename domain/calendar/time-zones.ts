/** The hours Russia keeps, west to east: one zone for each difference with Moscow. */
export const TIME_ZONES = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
] as const

/** Where the organisation's day begins and ends («часовой пояс»). */
export type TimeZone = (typeof TIME_ZONES)[number]
