const words: Record<string, string> = {
  PORT: 'PORT — номер порта от 0 до 65535, например 8080',
  HOST: 'HOST — адрес, на котором слушать, например 127.0.0.1',
  DATA_DIR: 'DATA_DIR — папка для данных',
  DATABASE_URL: 'DATABASE_URL — адрес вида postgres://пользователь:пароль@сервер/база',
  SERVER_KEY: 'SERVER_KEY — 32 случайных байта в base64url (43 знака); без него ключ хранит папка данных',
  BACKUPS: 'BACKUPS — true или false: делать ли резервные копии встроенной базы',
  BACKUP_KEY_FILE:
    'BACKUP_KEY_FILE — файл с ключом сервера от резервных копий; без него ключ лежит рядом с папкой данных',
  BEHIND_TLS: 'BEHIND_TLS — true или false: стоит ли перед программой прокси с HTTPS',
  TRUSTED_PROXY:
    'TRUSTED_PROXY — адреса или сети прокси, которым верить, например 127.0.0.1 или 10.0.0.0/24, через запятую',
  WORKBOOK_SECONDS: 'WORKBOOK_SECONDS — сколько секунд можно читать один файл таблиц: больше 0, до 3600',
  WORKBOOK_MEMORY_MB:
    'WORKBOOK_MEMORY_MB — сколько мегабайт памяти можно занять, читая один файл: от 16 до 16384',
  DISK_WARN_PERCENT:
    'DISK_WARN_PERCENT — сколько процентов диска занято, когда пора предупредить: от 1 до 99',
  LOG_LEVEL: 'LOG_LEVEL — fatal, error, warn, info, debug или silent',
}

/** Which variables of the environment are wrong and what each may be. */
export function configWords(variables: readonly string[]): string {
  return ['Настройки запуска не поняты:', ...variables.map((name) => `  ${words[name] ?? name}`)].join('\n')
}

/** What whoever starts the program is told when passwords would cross a network unencrypted. */
export const BARE_WORDS =
  'Внимание: программа открыта в сеть без шифрования, пароли и данные детей может прочитать любой по дороге. ' +
  'Поставьте перед ней прокси с HTTPS и укажите BEHIND_TLS=true (образцы: docs/operations.md).'
