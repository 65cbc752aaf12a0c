/** Told when a copy is made before an update changes what the database holds. */
export const BEFORE_UPDATE = 'Вышло обновление базы. Сначала делаю резервную копию…'

/** Told when that copy cannot be made, before the reason. */
export const UPDATE_NOT_BEGUN =
  'Обновление базы не начато: без резервной копии его было бы не отменить. База осталась прежней, и прежняя версия программы с ней работает. Устраните причину и запустите журнал снова. Причина:'
