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
