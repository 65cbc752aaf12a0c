/** Why the schema could not be brought up to date. */
export type MigrationFault = 'numbering' | 'changed' | 'newer' | 'no-right-to-create-role' | 'busy' | 'failed'

const words: Record<MigrationFault, string> = {
  numbering: 'Файлы миграций пронумерованы с пропуском или повтором.',
  changed: 'Уже применённая миграция изменена. Верните её прежний текст.',
  newer: 'База данных новее программы. Установите свежую версию «Журавля».',
  'no-right-to-create-role':
    'Пользователю базы нельзя создавать роли. Попросите администратора: create role zhuravl_app nologin noinherit;',
  busy: 'Таблицы заняты другими запросами, обновление базы не дождалось их. Повторите запуск.',
  failed: 'Обновление базы данных не удалось; изменения этого шага отменены.',
}

/** The fault in Russian, followed by the migration or the server's words, for the person at the terminal. */
export function migrationWords(fault: MigrationFault, detail: string): string {
  return detail ? `${words[fault]}\n${detail}` : words[fault]
}
