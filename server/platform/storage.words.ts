/** Why a PostgreSQL that was found may not hold a journal. */
export type StorageFault = 'unreachable' | 'too-old' | 'not-durable' | 'role-lost'

const words: Record<StorageFault, string> = {
  unreachable:
    'Сервер PostgreSQL из DATABASE_URL не отвечает или не пускает. Проверьте адрес, пароль и сеть.',
  'too-old': 'Нужна PostgreSQL 15 или новее.',
  'not-durable':
    'PostgreSQL настроена так, что может потерять уже сохранённое. Включите выключенные настройки и запустите снова.',
  'role-lost':
    'Соединение не получает роль zhuravl_app, и защита данных не действует. Посредник между программой и PostgreSQL должен пропускать параметр options.',
}

/** The fault in Russian, followed by what was found, for the person at the terminal. */
export function storageWords(fault: StorageFault, detail: string): string {
  return detail ? `${words[fault]}\n${detail}` : words[fault]
}

/** What is told at a start that goes on. */
export type StorageNotice = 'copied' | 'folder-unused'

const notices: Record<StorageNotice, string> = {
  copied:
    'Эту папку данных скопировали с журнала, который не был остановлен. Журнал открыт на копии, подлинник не тронут; но в такой копии может не хватать последних записей. Для надёжной копии сначала остановите журнал.',
  'folder-unused':
    'Задан DATABASE_URL, поэтому работа идёт с той базой. База, которая лежит в папке данных, не используется.',
}

/** The notice in Russian, followed by what it is about. */
export function noticeWords(notice: StorageNotice, detail: string): string {
  return `${notices[notice]}\n${detail}`
}
