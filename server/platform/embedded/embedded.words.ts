/** Why the bundled PostgreSQL could not serve a folder. */
export type EmbeddedFault =
  | 'in-use'
  | 'no-binaries'
  | 'no-access'
  | 'root-refused'
  | 'foreign-socket-folder'
  | 'newer-major'
  | 'older-major'
  | 'folder-gone'
  | 'wrong-password'
  | 'init-failed'
  | 'start-failed'
  | 'stop-failed'

const words: Record<EmbeddedFault, string> = {
  'in-use':
    'С этой папкой данных уже работает другой запущенный «Журавль». Остановите его или укажите другую папку в DATA_DIR.',
  'no-binaries':
    'Для этого компьютера нет встроенной PostgreSQL. Повторите npm ci или укажите свой сервер в DATABASE_URL.',
  'no-access':
    'Нет прав на папку данных. Укажите в DATA_DIR папку, доступную для записи, например /var/lib/zhuravl, или свой сервер в DATABASE_URL.',
  'root-refused':
    'PostgreSQL не работает от имени root, а сменить пользователя эта система не даёт. Запустите «Журавль» от обычного пользователя или укажите свой сервер в DATABASE_URL.',
  'foreign-socket-folder':
    'Временная папка для связи с базой принадлежит другому пользователю. Удалите её или задайте TMPDIR.',
  'newer-major':
    'С этой папкой данных работала более новая версия программы: у неё PostgreSQL новее. Установите ту версию «Журавля», с которой журнал работал, или более новую. Ничего не изменено.',
  'older-major':
    'Папка данных создана PostgreSQL, которой в этой версии программы уже нет, и открыть её нечем. Установите сначала выпуск «Журавля», который переводит с неё на следующую (docs/operations.md), запустите его один раз и вернитесь к этому. Ничего не изменено.',
  'folder-gone':
    'Папку данных переместили или заменили другой, пока журнал работал. Верните её на место или запустите журнал заново.',
  'wrong-password':
    'Файл с паролем рядом с папкой данных от другой базы. Верните прежний файл или остановите журнал и удалите этот файл: при следующем запуске у базы будет новый пароль.',
  'init-failed': 'Не удалось создать базу данных в папке данных.',
  'start-failed': 'База данных не запустилась.',
  'stop-failed': 'База данных не остановилась за отведённое время.',
}

/** The fault in Russian, followed by what the system said, for the person at the terminal. */
export function embeddedWords(fault: EmbeddedFault, detail = ''): string {
  return detail ? `${words[fault]}\n${detail}` : words[fault]
}
