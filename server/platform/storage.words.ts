/** Why a PostgreSQL that was found may not hold a journal. */
export type StorageFault =
  | 'disk-full'
  | 'unreachable'
  | 'too-old'
  | 'not-durable'
  | 'role-lost'
  | 'no-app-login'
  | 'app-login-refused'
  | 'app-login-not-made'
  | 'app-too-strong'

const MAKE = [
  "  create role zhuravl_app login noinherit password '<пароль>';",
  'и передайте программе: DATABASE_APP_URL=postgres://zhuravl_app:<пароль>@<сервер>/<база>',
].join('\n')

const words: Record<StorageFault, string> = {
  'disk-full':
    'На диске кончилось место, поэтому команда не выполнена. Записанное раньше цело. Освободите хотя бы 300 МБ на диске с папкой данных и повторите.',
  unreachable:
    'Сервер PostgreSQL из DATABASE_URL не отвечает или не пускает. Проверьте адрес, пароль и сеть.',
  'too-old': 'Нужна PostgreSQL 15 или новее.',
  'not-durable':
    'PostgreSQL настроена так, что может потерять уже сохранённое. Включите выключенные настройки и запустите снова.',
  'role-lost':
    'Журнал должен работать с базой от имени zhuravl_app, а соединение открыто от другого имени. Проверьте DATABASE_APP_URL и посредника между программой и PostgreSQL.',
  'no-app-login': `В DATABASE_URL нет пароля, и вход журнала в базу из него не составить. Выполните на сервере один раз:\n${MAKE}`,
  'app-login-refused': [
    'Сервер PostgreSQL не пускает журнал от имени zhuravl_app: пароль другой или вход не разрешён в pg_hba.conf.',
    'Задайте пароль и передайте его в DATABASE_APP_URL, или выполните на сервере и запустите снова:',
    '  alter role zhuravl_app nologin;',
    'Тогда программа задаст пароль сама, если пользователю из DATABASE_URL это можно.',
  ].join('\n'),
  'app-login-not-made': `Пользователю из DATABASE_URL нельзя создавать роли. Попросите администратора сервера выполнить:\n${MAKE}`,
  'app-too-strong':
    'Роли zhuravl_app можно больше, чем нужно журналу. Выполните на сервере от имени администратора и запустите снова:',
}

/** The fault in Russian, followed by what was found, for the person at the terminal. */
export function storageWords(fault: StorageFault, detail: string): string {
  return detail ? `${words[fault]}\n${detail}` : words[fault]
}

/** What is told at a start that goes on. */
export type StorageNotice = 'copied' | 'folder-unused' | 'no-letters' | 'other-key'

const notices: Record<StorageNotice, string> = {
  copied:
    'Эту папку данных скопировали с журнала, который не был остановлен. Журнал открыт на копии, подлинник не тронут; но в такой копии может не хватать последних записей. Для надёжной копии сначала остановите журнал.',
  'no-letters':
    'База данных не знает русских букв: поиск по словам и поиск похожих имён в ней ошибается. Журнал работает. Создайте базу с LC_CTYPE=C.UTF-8 (или ru_RU.UTF-8) и перенесите в неё данные: docs/operations.md.',
  'other-key':
    'Ключ сервера подменён или утерян: коды из приложений на телефонах им не проверить, при входе подойдут только резервные. Верните прежний ключ (SERVER_KEY или файл ниже) и запустите снова. Если его больше нет, второй фактор каждому придётся настроить заново: docs/operations.md.',
  'folder-unused':
    'Задан DATABASE_URL, поэтому работа идёт с той базой. База, которая лежит в папке данных, не используется.',
}

/** The notice in Russian, followed by what it is about. */
export function noticeWords(notice: StorageNotice, detail: string): string {
  return `${notices[notice]}\n${detail}`
}
