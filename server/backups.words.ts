/** Told when a copy is made before an update changes what the database holds. */
export const BEFORE_UPDATE = 'Вышло обновление базы. Сначала делаю резервную копию…'
