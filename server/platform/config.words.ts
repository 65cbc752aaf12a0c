const words: Record<string, string> = {
  PORT: 'PORT — номер порта от 0 до 65535, например 8080',
  HOST: 'HOST — адрес, на котором слушать, например 127.0.0.1',
  DATA_DIR: 'DATA_DIR — папка для данных',
  DATABASE_URL: 'DATABASE_URL — адрес вида postgres://пользователь:пароль@сервер/база',
  BEHIND_TLS: 'BEHIND_TLS — true или false: стоит ли перед программой прокси с HTTPS',
  LOG_LEVEL: 'LOG_LEVEL — fatal, error, warn, info, debug или silent',
}

/** Which variables of the environment are wrong and what each may be. */
export function configWords(variables: readonly string[]): string {
  return ['Настройки запуска не поняты:', ...variables.map((name) => `  ${words[name] ?? name}`)].join('\n')
}
